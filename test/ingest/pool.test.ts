import { afterAll, describe, expect, it } from 'vitest'
import { shinglesOf } from '../../src/ingest/copies.ts'
import { createPool } from '../../src/read-pool.ts'
import { loadKnowledge } from '../../src/knowledge/index.ts'
import { PACKAGE_ROOT } from '../../src/reader.ts'

const TEXT = 'The presidents of France and Germany met in Paris on 5 March 2024. They signed an agreement on the joint production of drones, the two governments said.'

describe('reading on threads', () => {
  const knowledge = loadKnowledge(PACKAGE_ROOT)
  const one = createPool({ knowledge, threads: 1, pageTimeoutMs: 10_000 })
  const two = createPool({ knowledge, threads: 2, pageTimeoutMs: 60_000 })
  afterAll(async () => {
    await one.close()
    await two.close()
  })

  it('gives what reading alone gives', async () => {
    const tasks = Array.from({ length: 6 }, (_, at) => ({ page: { text: `${TEXT} ${at}`, mediaType: 'text/plain' } }))
    const documents = await Promise.all(tasks.map((task) => two.read(task)))
    expect(documents).toEqual(await Promise.all(tasks.map((task) => one.read(task))))
    const [first] = documents
    expect(first?.reading.reports.length).toBeGreaterThan(0)
    expect(first?.search.split(' ')).toEqual(expect.arrayContaining(["'presidents'", "'paris'"]))
    expect(first?.shingles).toEqual(shinglesOf(first?.reading.article.text ?? ''))
  }, 120_000)

  it('reads a page the short way when it takes too long, and the others as they are', async () => {
    // Every page takes longer than this once the thread has said that it began.
    const hasty = createPool({ knowledge, threads: 2, pageTimeoutMs: 1500 })
    const html = `<html><body><article>${`<p>${TEXT} <b>And more.</b></p>`.repeat(9000)}</article></body></html>`
    const [slow, quick] = await Promise.allSettled([hasty.read({ page: { text: html, mediaType: 'text/html' } }), hasty.read({ page: { text: '', mediaType: 'text/plain' } })])
    await hasty.close()
    expect(quick.status).toBe('fulfilled')
    if (slow.status === 'fulfilled') expect(slow.value.reading.notices.map(({ code }) => code)).toContain('page-timeout')
    else expect(String(slow.reason)).toContain('not read within 1500 ms')
  }, 120_000)
})
