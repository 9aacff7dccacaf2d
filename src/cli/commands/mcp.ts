/** `readout mcp`: the record for an assistant, over standard input and output. */
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { Command } from 'commander'
import { noteCommand } from '../../api/deeds.ts'
import { createDesk } from '../../api/desk.ts'
import { createMcpServer } from '../../mcp/server.ts'
import { codeVersion } from '../../version.ts'
import { onRecord, type PlaceFlags, stopSignal, withPlace } from '../place.ts'
import { say } from '../terminal.ts'

interface Flags extends PlaceFlags { readOnly?: boolean; workers?: string }

export const mcpCommand = withPlace(new Command('mcp'))
  .description('let an assistant ask the record: the Model Context Protocol over standard input and output')
  .option('--read-only', 'nothing can be added through it')
  .option('--workers <n>', 'threads to read on; as many as there are processors when left out')
  .addHelpText('after', `
Assistants start it themselves; give them this command line. A record in a folder serves one program at a time: while the desk
is open (readout serve), give the assistant the address of the desk with /mcp instead.

Examples:
  readout mcp --store my-record
  readout mcp --db postgres://localhost/readout --read-only`)
  .action(async (flags: Flags) => {
    await onRecord(flags, async (record) => {
      const stop = stopSignal()
      try {
        const server = createMcpServer(createDesk(record), { version: codeVersion(), mayAdd: !flags.readOnly, note: noteCommand })
        const ended = new Promise<void>((resolve) => {
          stop.signal.addEventListener('abort', () => resolve(), { once: true })
          process.stdin.once('end', () => resolve())
          process.stdin.once('close', () => resolve())
        })
        await server.connect(new StdioServerTransport())
        say('readout: answering on standard input and output')
        await ended
        await server.close()
      } finally {
        stop.off()
      }
    })
  })
