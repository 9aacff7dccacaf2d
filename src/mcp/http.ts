/** MCP over HTTP, beside the desk: one request, one answer, nothing kept between them. */
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import type { Hono } from 'hono'
import { noteOf } from '../api/deeds.ts'
import type { Desk } from '../api/desk.ts'
import { whoOf } from '../api/who.ts'
import { createMcpServer, type McpOptions } from './server.ts'

export const MCP_PATH = '/mcp'

/** Adds `POST /mcp`. There are no sessions: what one is told by is in the record, so nobody has to be remembered. */
export function mountMcp(app: Hono, desk: Desk, options: Pick<McpOptions, 'version' | 'mayAdd'>): void {
  app.post(MCP_PATH, async (c) => {
    const mayAdd = options.mayAdd && whoOf(c).scopes.has('ingest')
    const server = createMcpServer(desk, { ...options, mayAdd, note: noteOf(whoOf(c)) })
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
    try {
      await server.connect(transport)
      return await transport.handleRequest(c.req.raw)
    } finally {
      await server.close()
    }
  })
  // No stream of messages from the server, and no session to end.
  app.on(['GET', 'DELETE'], MCP_PATH, (c) => c.json({ jsonrpc: '2.0', error: { code: -32_000, message: 'Only POST is answered here.' }, id: null }, 405, { allow: 'POST' }))
}
