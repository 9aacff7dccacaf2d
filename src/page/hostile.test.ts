import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadPageKnowledge } from '../knowledge/page.ts'
import { readPage } from './page.ts'

const knowledge = loadPageKnowledge(join(fileURLToPath(import.meta.url), '../../..'))
const codes = (reading: { notices: readonly { code: string }[] }): string[] => reading.notices.map((notice) => notice.code)
const sentence = 'The two ministers met in the harbour town on Monday and spoke about grain for two hours. '

describe('hostile input', () => {
  it.each([['nothing', ''], ['spaces', '  \n\t \u00a0 \n']])('%s gives an empty article and says so', async (_, text) => {
    const reading = await readPage({ text }, knowledge)
    expect(reading.article.text).toBe('')
    expect(reading.paragraphs).toEqual([])
    expect(codes(reading)).toContain('empty')
  })

  it('refuses random bytes and known binary files', async () => {
    const bytes = new Uint8Array(200_000)
    let seed = 7
    for (let at = 0; at < bytes.length; at++) { seed = (seed * 1103515245 + 12345) % 2147483648; bytes[at] = seed >> 16 }
    expect(codes(await readPage({ bytes }, knowledge))).toContain('not-text')
    const pdf = await readPage({ bytes: new TextEncoder().encode('%PDF-1.7 and more') }, knowledge)
    expect(codes(pdf)).toContain('not-text')
    expect(pdf.article.text).toBe('')
  })

  it('reads a page of 50,000 nested elements by the rule for bare text', async () => {
    const reading = await readPage({ text: `<html><body>${'<div>'.repeat(50_000)}<p>${sentence.repeat(3)}</p></body></html>`, mediaType: 'text/html' }, knowledge)
    expect(codes(reading)).toContain('page-too-large')
    expect(reading.article.text.includes('spoke about grain')).toBe(true)
  }, 15_000)

  it('reads past a million nested elements, scripts left out', async () => {
    const reading = await readPage({ text: `<html><body>${'<div>'.repeat(1_000_000)}<script>let grain = 1</script><p>${sentence.repeat(3)}</p>${'</div>'.repeat(1_000_000)}</body></html>`, mediaType: 'text/html' }, knowledge)
    expect(codes(reading)).toContain('page-too-large')
    expect(reading.article.text.includes('spoke about grain')).toBe(true)
    expect(reading.article.text.includes('let grain')).toBe(false)
  }, 15_000)

  it('reads past 200,000 links', async () => {
    const reading = await readPage({ text: `<html><body><h1>Grain talks open in the harbour town</h1><p>${sentence.repeat(4)}</p>${'<a href="/x">more of it</a> '.repeat(200_000)}</body></html>`, mediaType: 'text/html' }, knowledge)
    expect(codes(reading)).toContain('page-too-large')
    expect(reading.article.text.includes('spoke about grain')).toBe(true)
    expect(reading.article.text.includes('more of it')).toBe(false)
  }, 15_000)

  it('reads a paragraph of ten million characters', async () => {
    const reading = await readPage({ text: `<html><body><p>${sentence.repeat(113_000)}</p></body></html>`, mediaType: 'text/html' }, knowledge)
    expect(reading.article.text.length).toBeGreaterThan(9_000_000)
    const flat = await readPage({ text: sentence.repeat(113_000) }, knowledge)
    expect(flat.article.language).toBe('en')
  }, 90_000)

  it('passes over broken structured data', async () => {
    const page = `<html><head><script type="application/ld+json">{"@type":"NewsArticle","headline":"Broken, </script><script type="application/ld+json">[{"@type":"NewsArticle","headline":"Ministers meet over grain","datePublished":"2024-05-02T08:00:00Z","author":{"name":"Ada Quill"}}]</script></head><body><article><h1>Ministers meet over grain</h1><p>${sentence.repeat(4)}</p><p>${sentence.repeat(3)}</p></article></body></html>`
    const { article } = await readPage({ text: page, mediaType: 'text/html' }, knowledge)
    expect(article).toMatchObject({ title: 'Ministers meet over grain', byline: 'Ada Quill', published: '2024-05-02', language: 'en' })
  })

  it('keeps offsets right over direction marks, NULs and half characters', async () => {
    const reading = await readPage({ text: `Two sides met.\n${sentence}\u202eThis\u0000 stays \ud800 readable\u200f here, and the talks go on tomorrow in the same place.` }, knowledge)
    const { text } = reading.article
    expect(text).not.toMatch(/[\u0000\u200f\u202e]|[\ud800-\udbff](?![\udc00-\udfff])/u)
    expect(text).toContain('This stays \ufffd readable here')
    expect(reading.paragraphs.map(([from, to]) => text.slice(from, to)).join('\n\n')).toBe(text)
    expect(codes(reading)).toEqual(expect.arrayContaining(['direction-marks', 'control-characters', 'broken-characters']))
  })

  it('says that a page made by a script holds no story', async () => {
    const reading = await readPage({ text: '<!doctype html><html><head><title>Loading</title></head><body><div id="app"></div><script>render()</script></body></html>' }, knowledge)
    expect(codes(reading)).toContain('no-story')
  })

  it('is quick with lines made to trip patterns', async () => {
    const nasty = [`(${'a'.repeat(5000)}`, '>'.repeat(5000), `${'a > '.repeat(3000)}`, `${'1/'.repeat(3000)}`, `Photo: ${'x '.repeat(3000)}`, '#'.repeat(5000), `${'12 abc '.repeat(2000)}2024`, `${'a'.repeat(20_000)} | `].join('\n')
    const began = performance.now()
    await readPage({ text: nasty }, knowledge)
    await readPage({ text: nasty, mediaType: 'text/markdown' }, knowledge)
    await readPage({ text: `<p>${nasty}</p>`, mediaType: 'text/html' }, knowledge)
    expect(performance.now() - began).toBeLessThan(5000)
  }, 15_000)

  it.each([
    ['line breaks', { text: `<html><body>${'a<br>'.repeat(200_000)}</body></html>`, mediaType: 'text/html' }],
    ['links in one paragraph', { text: `<html><body><p>${'<a href="/x">some words here</a> '.repeat(7900)}</p></body></html>`, mediaType: 'text/html' }],
    ['Markdown marks', { text: `${'**'.repeat(200_000)}${'[a]('.repeat(100_000)}`, mediaType: 'text/markdown' }],
    ['short lines', { text: 'short line\n'.repeat(200_000) }],
    ['brackets of JSON', { text: `${'['.repeat(100_000)}${']'.repeat(100_000)}` }],
  ])('is done with a crowd of %s in time', async (_, input) => {
    const began = performance.now()
    const { article } = await readPage(input, knowledge)
    expect(performance.now() - began).toBeLessThan(10_000)
    expect(typeof article.text).toBe('string')
  }, 30_000)

  it('reads only the beginning of a file of 50 MB and says so', async () => {
    const began = process.cpuUsage()
    const reading = await readPage({ bytes: new TextEncoder().encode(`${sentence}\n`.repeat(560_000)) }, knowledge)
    const { user } = process.cpuUsage(began)
    expect(codes(reading)).toContain('too-long')
    expect(reading.article.text).toContain('spoke about grain')
    expect(reading.article.text.length).toBeLessThan(13_000_000)
    expect(user / 1e6).toBeLessThan(20)
  }, 120_000)

  it.each([
    ['a program', [0x7f, 0x45, 0x4c, 0x46]], ['a picture', [0xff, 0xd8, 0xff]], ['a ZIP archive', [0x50, 0x4b, 3, 4]], ['an old office document', [0xd0, 0xcf, 0x11, 0xe0]], ['a film or sound', [0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70]],
  ])('refuses %s by its name, however much text is in it', async (name, head) => {
    const reading = await readPage({ bytes: Uint8Array.from([...head, ...new TextEncoder().encode(sentence.repeat(5))]) }, knowledge)
    expect(reading.notices).toMatchObject([{ code: 'not-text', message: `the input is ${name}, not text` }])
    expect(reading.article.text).toBe('')
  })

  it('tells broken ends of UTF-8, and encodings that had to be guessed', async () => {
    const bytes = new TextEncoder().encode('Министры встретились в порту и говорили о зерне.')
    expect(codes(await readPage({ bytes: bytes.subarray(0, 60) }, knowledge))).toContain('encoding-broken')
    const russian = [...'министры встретились в порту и долго говорили о поставках зерна через пролив'].map((char) => (char === ' ' ? 32 : char.charCodeAt(0) - 0x350))
    const guessed = await readPage({ bytes: Uint8Array.from(russian), charset: 'utf-8' }, knowledge)
    expect(codes(guessed)).toContain('encoding-guessed')
    expect(guessed.article).toMatchObject({ language: 'ru' })
    expect(guessed.article.text).toContain('встретились')
    expect((await readPage({ bytes: new TextEncoder().encode(sentence), charset: 'no-such-encoding' }, knowledge)).article.text).toBe(sentence.trim())
  })

  it.each([
    ['half characters alone', { text: '\ud800'.repeat(100) }, 'no-story'], ['direction marks alone', { text: '\u202e\u2066\u200f'.repeat(50) }, 'no-story'],
    ['a page without an article', { text: '<!doctype html><html><head><title>Shop</title></head><body><nav><a href="/">Home</a></nav><form><input></form></body></html>' }, 'no-story'],
    ['a mail without a body', { text: 'From: a@example.org\nTo: b@example.org\nSubject: Grain\n\n' }, 'no-story'],
    ['a mail cut in its attachment', { text: 'From: a@example.org\nTo: b@example.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\nJVBER' }, 'no-story'],
    ['JSON without an article', { text: '{"@type":"NewsArticle","headline":"Grain talks"}' }, 'bad-json'], ['JSON of numbers', { text: '[1,2,3]' }, 'bad-json'], ['JSON that is null', { text: 'null', mediaType: 'application/json' }, 'bad-json'],
    ['Markdown of front matter alone', { text: '---\ntitle: x\n---\n', mediaType: 'text/markdown' }, 'no-story'],
  ])('%s gets a notice', async (_, input, code) => {
    expect(codes(await readPage(input, knowledge))).toContain(code)
  }, 30_000)
})
