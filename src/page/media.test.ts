import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadPageKnowledge } from '../knowledge/page.ts'
import { decodeBytes } from './bytes.ts'
import { dateInLine, isoDay, urlDay } from './dates.ts'
import { detectLanguage } from './language.ts'
import { cleanAuthors, withoutSite } from './metadata.ts'
import { readPage } from './page.ts'
import { phraseBook } from './phrases.ts'

const knowledge = loadPageKnowledge(join(fileURLToPath(import.meta.url), '../../..'))
const book = phraseBook(knowledge)
const story = 'The two ministers met in the harbour town on Monday and spoke about grain for two hours.'

describe('media types', () => {
  it('Markdown: heading, front matter, links, captions of pictures', async () => {
    const { article } = await readPage({ text: `---\ndate: 2024-05-02\nauthor: Ada Quill\n---\n# Grain talks\n\n${story}\nThey *left* [together](https://example.org/a).\n\n![The ministers at the quay. Photo: Jo Lens](q.jpg)\n\n- First ships leave next week.\n` }, knowledge)
    expect(article).toMatchObject({ title: 'Grain talks', byline: 'Ada Quill', published: '2024-05-02' })
    expect(article.text).toBe(`Grain talks\n\n${story} They left together.\n\nFirst ships leave next week.`)
    expect(article.captions).toEqual([{ text: 'The ministers at the quay.', credit: 'Jo Lens' }])
  })

  it('JSON: a schema.org article in a graph', async () => {
    const node = { '@type': 'NewsArticle', headline: 'Grain talks', articleBody: `${story}\n\n${story}`, datePublished: '2024-05-02T10:00:00+02:00', author: [{ name: 'Ada Quill' }, { name: 'Jo Lens' }], publisher: { name: 'The Harbour Post' }, url: 'https://example.org/g' }
    const { article } = await readPage({ text: JSON.stringify({ '@graph': [{ '@type': 'WebSite', name: 'x' }, node] }) }, knowledge)
    expect(article).toMatchObject({ title: 'Grain talks', byline: 'Ada Quill, Jo Lens', publisher: 'The Harbour Post', published: '2024-05-02', url: 'https://example.org/g' })
    const broken = await readPage({ text: '{"a": ', mediaType: 'application/json' }, knowledge)
    expect(broken.notices.map((notice) => notice.code)).toContain('bad-json')
  })

  it('mail: subject, date, decoded body', async () => {
    const { article } = await readPage({ text: `From: The Harbour Post <post@example.org>\r\nTo: you@example.org\r\nSubject: Grain talks\r\nDate: Thu, 2 May 2024 10:00:00 +0000\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${story} Caf=C3=A9 talks go on.\r\n` }, knowledge)
    expect(article).toMatchObject({ title: 'Grain talks', published: '2024-05-02' })
    expect(article.text).toContain('Café talks go on.')
  })

  it('mail: the HTML part where there is no plain one, the encoded subject', async () => {
    const { article } = await readPage({ text: `From: The Harbour Post <post@example.org>\r\nTo: you@example.org\r\nSubject: =?utf-8?B?R3JhaW4gdGFsa3M=?=\r\nDate: Thu, 2 May 2024 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>${story} ${story}</p><p>${story}</p>`, mediaType: 'message/rfc822' }, knowledge)
    expect(article).toMatchObject({ title: 'Grain talks', published: '2024-05-02', publisher: 'The Harbour Post' })
    expect(article.text.match(/spoke about grain/gu)).toHaveLength(3)
  })

  it('HTML: a byline without a label, and lines the page repeats', async () => {
    const box = '<p>Log in to react to this story.</p>'
    const { article } = await readPage({ text: `<!doctype html><html lang="en"><head><title>Grain talks open</title></head><body><article><h1>Grain talks open</h1><p>ByAda Quill</p><p>Published 2 May 2024</p><p>${story} ${story}</p>${box}<p>${story} ${story}</p>${box}<p>${story} And so on.</p>${box}</article></body></html>` }, knowledge)
    expect(article).toMatchObject({ byline: 'Ada Quill', published: '2024-05-02' })
    expect(article.text).not.toContain('Log in')
  })

  it('HTML: captions and furniture stay out of the text', async () => {
    const paragraph = `<p>${story} ${story}</p>`
    const { article, headline } = await readPage({
      text: `<!doctype html><html lang="en"><head><title>Grain talks open | The Harbour Post</title><meta property="og:site_name" content="The Harbour Post"><link rel="canonical" href="https://example.org/2024/05/02/grain"></head><body><nav><a href="/">Home</a></nav><article><h1>Grain talks open</h1>${paragraph}<figure><img src="a.jpg"><figcaption>Ministers at the quay. Photo: Jo Lens</figcaption></figure>${paragraph}<p>Advertisement</p>${paragraph}</article><footer>All rights reserved</footer></body></html>`,
    }, knowledge)
    expect(article).toMatchObject({ title: 'Grain talks open', publisher: 'The Harbour Post', published: '2024-05-02', url: 'https://example.org/2024/05/02/grain' })
    expect(article.captions).toEqual([{ text: 'Ministers at the quay.', credit: 'Jo Lens' }])
    expect(article.text).not.toMatch(/quay|Advertisement|reserved/u)
    expect(headline && article.text.slice(...headline)).toBe('Grain talks open')
    expect(article.furniture.map((item) => item.kind)).toContain('legal')
  })
})

describe('bytes', () => {
  it('believes valid UTF-8 before a wrong declaration, and a declaration before a guess', () => {
    const utf8 = new TextEncoder().encode('<meta charset="windows-1251"><p>Пролив открыт</p>')
    expect(decodeBytes(utf8, 'koi8-r')).toMatchObject({ encoding: 'utf-8', basis: 'valid' })
    const cyrillic = Uint8Array.from([...'<meta charset="windows-1251"><p>'].map((c) => c.charCodeAt(0)).concat([0xcf, 0xf0, 0xee, 0xeb, 0xe8, 0xe2]))
    expect(decodeBytes(cyrillic, null)).toMatchObject({ encoding: 'windows-1251', basis: 'declared' })
    expect(decodeBytes(cyrillic, null).text).toContain('Пролив')
    expect(decodeBytes(Uint8Array.from([0x1b, 0x24, 0x42, 0x3d, 0x3d, 0x1b, 0x28, 0x42]), null).text).toBe('十')
    expect(decodeBytes(Uint8Array.from([0xff, 0xfe, 0x41, 0]), null).text).toBe('A')
  })
})

describe('dates', () => {
  it.each([
    ['Published 2 May 2024 at 10:00', false, '2024-05-02'], ['May 2nd, 2024', false, '2024-05-02'], ['2024年5月2日', false, '2024-05-02'], ['2 مايو/أيار 2024', false, '2024-05-02'],
    ['02.05.2024, 10:15', false, '2024-05-02'], ['05/02/2024', true, '2024-05-02'], ['05/02/2024', false, '2024-02-05'], ['2 de mayo de 2024', false, '2024-05-02'], ['2 tháng 5 năm 2024', false, '2024-05-02'],
    ['۱۳ اردیبهشت ۱۴۰۳', false, '2024-05-02'], ['2 мая 2024 г.', false, '2024-05-02'], ['Score 31/02/2024', false, null], ['no date here', false, null],
  ])('%s', (line, monthFirst, day) => { expect(dateInLine(line, book, monthFirst)?.day ?? null).toBe(day) })
  it('reads addresses and machine dates', () => {
    expect(urlDay('https://example.org/world/2024/05/02/grain')).toBe('2024-05-02')
    expect(urlDay('https://example.org/item/20240502')).toBe('2024-05-02')
    expect(urlDay('https://example.org/item/99999999')).toBeNull()
    expect(isoDay('2024-05-02T23:59:00-08:00')).toBe('2024-05-02')
  })
})

describe('names', () => {
  it('cuts the site off a title and out of the authors', () => {
    expect(withoutSite('Grain talks open - a long story | The Harbour Post', ['The Harbour Post'])).toBe('Grain talks open - a long story')
    expect(cleanAuthors(['By Ada Quill', 'The Harbour Post', 'https://example.org/u', 'a@example.org'], ['The Harbour Post'], ['by'])).toEqual(['Ada Quill'])
  })
})

describe('language', () => {
  it.each([
    ['两国部长会谈', null, 'zh'], ['会談は昨日行われた。', null, 'ja'], ['장관들이 만났다', null, 'ko'], ['التقى الوزيران أمس', null, 'ar'], ['وزیران دیروز در بندر گفتگو کردند', null, 'fa'],
    ['Міністри зустрілися вчора в порту й говорили про зерно', null, 'uk'], ['Die Minister trafen sich gestern im Hafen und sprachen lange über Getreide.', null, 'de'],
    // Short texts are told by the words of the languages with a folder, without taking over their neighbours'.
    ['Iran condemned Israel.', null, 'en'], ['Iran seizes ship', null, 'en'], ['Irán condenó a Israel.', null, 'es'], ["L'Iran condamne Israël.", null, 'fr'], ['Иран осудил удары Израиля', null, 'ru'],
    ['O presidente não vai ao Irão', null, 'pt'], ['Iran verurteilt Israel', null, 'de'], ['Iran veroordeelt Israël', null, 'nl'], ['Президент Ірану та уряд США', null, 'uk'],
    ['Ministres', 'fr-CA', 'fr'], ['12345', null, 'und'], ['Os ministros encontraram-se ontem no porto e falaram sobre trigo.', null, 'pt'],
  ])('%s', async (text, declared, code) => { expect(await detectLanguage(text, declared, knowledge.detection)).toBe(code) })
})
