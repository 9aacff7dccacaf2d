/** What is told of requests: figures for Prometheus, and a log without words of articles and without secrets. */
import { Writable } from 'node:stream'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createObserver, faultOf } from '../../src/cli/log.ts'
import type { Running } from '../../src/web/server.ts'
import { openTestDesk, type TestDesk } from './desk.ts'

describe('the log and the figures', () => {
  let test: TestDesk
  let running: Running
  const lines: Record<string, unknown>[] = []
  beforeAll(async () => {
    test = await openTestDesk((name) => name.startsWith('call-2024-02-08.en'))
    const log = pino({ level: 'debug' }, new Writable({ write(chunk: Buffer, _, done) { lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>); done() } }))
    running = await test.open({ observer: createObserver(log, test.desk, '1.2.3', {}) })
  }, 600_000)
  afterAll(async () => { await running?.stop(); await test?.close() }, 60_000)
  const get = (path: string): Promise<Response> => fetch(new URL(path, running.url))

  it('tell routes, not what was asked', async () => {
    const { articles } = await (await get('/api/articles')).json() as { articles: { id: string }[] }
    const id = articles[0]?.id ?? ''
    expect((await get(`/articles/${id}`)).status).toBe(200)
    expect((await get('/search?q=SecretWords')).status).toBe(200)
    expect((await get('/articles/nobody')).status).toBe(404)
    expect((await get('/no/such/place?q=SecretWords')).status).toBe(404)
    const text = JSON.stringify(lines)
    expect(text).not.toContain('SecretWords')
    expect(text).not.toContain(id)
    expect(lines).toContainEqual(expect.objectContaining({ method: 'GET', route: '/articles/:id', status: 200, ms: expect.any(Number) }))
    expect(lines).toContainEqual(expect.objectContaining({ route: '/articles/:id', status: 404 }))
    expect(lines).toContainEqual(expect.objectContaining({ route: 'none', status: 404 }))
  })

  it('count requests, the record and the process', async () => {
    const response = await get('/metrics')
    expect(response.headers.get('content-type')).toContain('text/plain')
    const figures = await response.text()
    expect(figures).toMatch(/^readout_articles 1$/mu)
    expect(figures).toMatch(/^readout_events [1-9]\d*$/mu)
    expect(figures).toMatch(/^readout_problems 0$/mu)
    expect(figures).toMatch(/^readout_info\{version="1\.2\.3"\} 1$/mu)
    expect(figures).toMatch(/^readout_http_requests_total\{method="GET",route="\/articles\/:id",status="404"\} 1$/mu)
    expect(figures).toMatch(/^readout_http_request_duration_seconds_bucket\{le="0\.15",method="GET",route="\/search"\} \d+$/mu)
    expect(figures).toMatch(/^process_resident_memory_bytes \d+/mu)
    // Without an observer there are none.
    expect((await test.get('/metrics')).status).toBe(404)
  })

  it('tell of a fault where it came from, not its words', () => {
    const error = Object.assign(new Error('invalid text: The president said'), { code: '22P02' })
    expect(JSON.stringify(faultOf(error, false))).not.toContain('president')
    expect(faultOf(error, false)).toMatchObject({ type: 'Error', code: '22P02', at: expect.arrayContaining([expect.stringContaining('observe.test')]) })
    expect(faultOf(error, true)).toMatchObject({ message: 'invalid text: The president said' })
  })
})
