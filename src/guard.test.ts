import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { PageGuard } from './guard.ts'
import { loadPageKnowledge } from './knowledge/page.ts'

const knowledge = loadPageKnowledge(join(fileURLToPath(import.meta.url), '../..'))
const guard = new PageGuard(knowledge)
afterAll(() => guard.close())
const story = 'The two ministers met in the harbour town on Monday and spoke about grain for two hours. '

describe('reading under guard', () => {
  it('gives what reading gives', async () => {
    const reading = await guard.read({ text: `<html><body><h1>Grain talks</h1><p>${story.repeat(4)}</p></body></html>`, mediaType: 'text/html' }, { timeoutMs: 60_000 })
    expect(reading.article.text).toContain('spoke about grain')
    expect(reading.notices.map((notice) => notice.code)).not.toContain('page-timeout')
  }, 90_000)

  it('stops a page that takes too long, cuts the story out, and goes on', async () => {
    const heavy = `<html><body><article>${`<p>${story}</p>`.repeat(7000)}</article></body></html>`
    const stopped = await guard.read({ text: heavy, mediaType: 'text/html' }, { timeoutMs: 30 })
    expect(stopped.notices.map((notice) => notice.code)).toContain('page-timeout')
    expect(stopped.article.text).toContain('spoke about grain')
    const next = await guard.read({ text: story.repeat(2) }, { timeoutMs: 60_000 })
    expect(next.article.language).toBe('en')
  }, 90_000)
})
