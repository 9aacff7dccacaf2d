/** Who is credited: picture credits, bylines, datelines and the agencies in them. */
import type { Agency } from '../knowledge/page.ts'
import type { Caption } from '../model/index.ts'
import { beginsWith, edgeAt, findPhrase, level, levelInPlace, type PhraseBook } from './phrases.ts'

/** A sentence ends here; closing quotes and brackets may follow. */
export const TERMINAL = /[.!?…。！？؟۔।][)\]"'”’»」』）]*$/u
const LONGEST_CAPTION = 400
const LONGEST_CREDIT = 80
const LETTER = /[\p{L}\p{M}\p{N}]/u

interface AgencyName { readonly name: string; readonly written: string; readonly lower: string; readonly levelled: string; readonly exact: boolean }
const compiled = new WeakMap<readonly Agency[], readonly AgencyName[]>()

function namesOf(agencies: readonly Agency[]): readonly AgencyName[] {
  let names = compiled.get(agencies)
  if (!names) {
    // Short all-capital names are words of other languages when written small.
    names = agencies.flatMap((agency) => agency.names.filter((written) => written !== '').map((written) => ({
      name: agency.name, written, lower: written.toLowerCase(), levelled: level(written), exact: written.length <= 4 && written === written.toUpperCase(),
    })))
    compiled.set(agencies, names)
  }
  return names
}

/** Usual names of the agencies named in a short text, in the order they stand. */
export function agenciesIn(text: string, agencies: readonly Agency[], prefixes: readonly string[]): string[] {
  const found: { at: number; end: number; name: string }[] = []
  const lower = text.toLowerCase()
  for (const entry of namesOf(agencies)) {
    const hay = entry.exact ? text : lower
    const needle = entry.exact ? entry.written : entry.lower
    for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + 1)) {
      if (!edgeAt(hay, at + needle.length, needle) || !startsWord(hay, at, needle, prefixes)) continue
      found.push({ at, end: at + needle.length, name: entry.name })
      break
    }
  }
  found.sort((a, b) => a.at - b.at || b.end - a.end)
  const out: string[] = []
  let covered = -1
  for (const hit of found) {
    if (hit.at < covered) continue
    covered = hit.end
    if (!out.includes(hit.name)) out.push(hit.name)
  }
  return out
}

function startsWord(text: string, at: number, needle: string, prefixes: readonly string[]): boolean {
  if (at === 0 || !LETTER.test(text.charAt(at - 1)) || /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(needle.charAt(0))) return true
  return prefixes.some((prefix) => text.slice(Math.max(0, at - prefix.length), at) === prefix && (at === prefix.length || !LETTER.test(text.charAt(at - prefix.length - 1))))
}

/** The agency's usual name when it is known, otherwise the credit as written; null when nothing is left. */
export function creditName(written: string, agencies: readonly Agency[], prefixes: readonly string[]): string | null {
  const known = agenciesIn(written, agencies, prefixes)
  if (known.length > 0) return known.join(' / ')
  const text = written.replace(/^[\s:：,.|/©()[\]–—-]+|[\s,.|/()[\]–—-]+$/gu, '')
  return text === '' ? null : text
}

interface Cut { readonly at: number; readonly rest: string; readonly labelled: boolean }

function creditCut(line: string, book: PhraseBook): Cut | null {
  const lower = levelInPlace(line)
  if (lower === null) return null
  let best: Cut | null = null
  for (const word of book.credits) {
    for (let at = findPhrase(lower, word); at >= 0; at = findPhrase(lower, word, at + 1)) {
      const match = /^\s*[:：/／]\s*(.*)$/u.exec(line.slice(at + word.length))
      if (match && (best === null || at < best.at) && (match[1] ?? '').length <= (at === 0 ? LONGEST_CAPTION : LONGEST_CREDIT)) best = { at, rest: match[1] ?? '', labelled: true }
    }
  }
  for (const phrase of book.creditedTo) {
    const at = findPhrase(lower, phrase)
    if (at >= 0 && (best === null || at < best.at) && line.length - at - phrase.length <= LONGEST_CREDIT) best = { at, rest: line.slice(at + phrase.length), labelled: false }
  }
  return best
}

const BRACKETED = /[([（［【]\s*([^()[\]（）［］【】]{1,40})\s*[)\]）］】]/gu

function pointerIn(line: string, book: PhraseBook): boolean {
  let letters = 0
  for (const match of line.matchAll(BRACKETED)) {
    const inner = level(match[1] ?? '')
    const parts = [inner, ...inner.split(/[,،、;]\s*/u)].filter((part) => book.pointers.has(part))
    if (parts.some((part) => part.length > 1 || /\p{Script=Han}/u.test(part))) return true
    // A single letter in brackets is a pointer only in company: "A (l) and B (r)".
    if (parts.length > 0) letters++
  }
  return letters >= 2
}

const sentences = (line: string): number => (line.match(/[.!?。！？؟۔](?:\s|$|["”»」』])/gu) ?? []).length

/** Reads a line as the caption of a picture, or as a credit line alone; null when it is neither. */
export function captionIn(line: string, book: PhraseBook, agencies: readonly Agency[]): Caption | null {
  if (line.length > LONGEST_CAPTION) return null
  const cut = creditCut(line, book)
  if (cut) {
    const before = line.slice(0, cut.at).replace(/[\s(（[|/–—-]+$/u, '')
    const credit = creditName(cut.rest, agencies, book.prefixes)
    // Inside a line the credit must be its end: a name, not a sentence of its own.
    const ends = cut.at === 0 ? cut.labelled || line.length <= LONGEST_CREDIT : sentences(cut.rest.replace(/[.。]\s*$/u, '')) === 0 && cut.rest.split(/\s+/u).length <= 8
    if (ends && credit !== null) {
      if (cut.at === 0) return cut.rest.length > LONGEST_CREDIT ? { text: cut.rest, credit: agenciesIn(cut.rest, agencies, book.prefixes)[0] ?? null } : { text: line, credit }
      if (sentences(before) <= 3) return { text: before.trim(), credit }
    }
  }
  const end = /^(.*?[.。!?！？]\s*)?([^.。!?！？]{2,40})$/u.exec(line)
  if (end && book.creditEnds.some((word) => line.endsWith(word))) return { text: (end[1] ?? line).trim(), credit: creditName(end[2] ?? '', agencies, book.prefixes) }
  const marked = /^(.{10,}?)\s*©\s*([^.©]{2,60})$/u.exec(line)
  if (marked && line.length <= 300 && sentences(marked[1] ?? '') <= 2) return { text: (marked[1] ?? '').trim(), credit: creditName(marked[2] ?? '', agencies, book.prefixes) }
  const tail = /^(.{10,}?)\s*(?:\[([^\][]{2,60})\]|[(（]([^()（）]{2,60})[)）]|(?:\s[|/—–]\s?|\s?[©/|]\s?)([^.©/|]{2,50}(?:\/[^.©/|]{2,40})?))\s*\.?$/u.exec(line)
  if (tail) {
    const named = tail[2] ?? tail[3] ?? tail[4] ?? ''
    const known = agenciesIn(named, agencies, book.prefixes)
    const open = !TERMINAL.test((tail[1] ?? '').trim())
    const pictured = tail[3] !== undefined && book.credits.some((word) => level(named).includes(word) && word.length > 1)
    const leaning = tail[3] !== undefined && beginsWithAny(level(named), book.according)
    if (known.length > 0 && !leaning && named.length <= known.join('').length + 40 && (tail[2] !== undefined || open || pictured) && line.length <= 300) return { text: (tail[1] ?? '').trim(), credit: known.join(' / ') }
  }
  if (line.length <= 300 && sentences(line) <= 1 && pointerIn(line, book)) return { text: line, credit: null }
  return null
}

/** A line that names the writer or the agencies and nothing else; asked near the beginning of the story (`top`) and after its end (`end`). */
export function bylineIn(line: string, book: PhraseBook, agencies: readonly Agency[], edge: 'top' | 'end' | null): boolean {
  if (line.length > 140 || edge === null) return false
  const levelled = level(line).replace(/^[\s([（【—–-]+/u, '')
  const words = levelled.split(/\s+/u).length
  if (TERMINAL.test(line) && !/[)）]$/u.test(line)) return false
  const bracket = /^(.{0,80}?)\s*[(（]\s*([^()（）]{2,100}?)\s*[)）]\s*$/u.exec(line.trim())
  if (bracket) {
    const inner = level(bracket[2] ?? '')
    const opener = book.according.find((phrase) => inner.startsWith(phrase) && (edgeAt(inner, phrase.length, phrase) || phrase.length > 3))
    // Short words like "with" say nothing unless an agency follows.
    const leaning = opener !== undefined && (opener.length > 4 || agenciesIn(bracket[2] ?? '', agencies, book.prefixes).length > 0 || /\p{Script=Han}/u.test(opener))
    const outer = (bracket[1] ?? '').trim()
    if (outer === '' && edge === 'end' && ((bracket[2] ?? '').length <= 40 || beginsWith(inner, book.bylines) !== null)) return true
    if (!TERMINAL.test(outer) && (leaning || (edge === 'end' && agenciesIn(bracket[2] ?? '', agencies, book.prefixes).length > 0)) && outer.split(/\s+/u).length <= 6 && outer.length <= 60) return true
  }
  const opener = beginsWith(levelled, book.bylines)
  if (opener !== null) {
    const rest = levelled.slice(opener.length)
    if (/^\s*[:：|]/u.test(rest) ? words <= 16 : words <= 9 && /^\s+\p{L}/u.test(rest) && /^[\s:：]*[^\p{Ll}]/u.test(line.replace(/^[\s([（【—–-]+/u, '').slice(opener.length))) return true
  }
  const named = agenciesIn(line, agencies, book.prefixes)
  const leaning = beginsWith(levelled, book.according)
  if (leaning !== null && named.length > 0 && words <= 12) return true
  const rest = strip(levelled, book, agencies)
  return rest === '' && levelled.length > 1 && words <= 12
}

/** The byline that lines make, without the words that lead to it ("By"); what a story ends with in brackets counts only where it opens with none. */
export function bylineOf(lines: readonly string[], book: PhraseBook): string {
  const plain = lines.filter((line) => !/^\s*[(（]/u.test(line))
  return [...new Set((plain.length > 0 ? plain : lines).map((line) => withoutLead(line, book.bylines)))].join(', ')
}

/** A name without the words that lead to it ("By", "Author:"). */
export function withoutLead(name: string, bylines: readonly string[]): string {
  for (const word of bylines) if (word.length < name.length && name.toLowerCase().startsWith(word) && /^(?:\s*[:：]|\s+\p{Lu})/u.test(name.slice(word.length))) return name.slice(word.length).replace(/^[\s:：]+/u, '')
  return name
}

function beginsWithAny(text: string, phrases: readonly string[]): boolean {
  return phrases.some((phrase) => text.startsWith(phrase) && (edgeAt(text, phrase.length, phrase) || phrase.length > 3))
}

/** What is left of a levelled line after agencies, staff words and joints are taken out. */
function strip(levelled: string, book: PhraseBook, agencies: readonly Agency[]): string {
  let rest = levelled
  for (const phrase of book.staff) {
    const at = findPhrase(rest, phrase)
    if (at >= 0) rest = `${rest.slice(0, at)} ${rest.slice(at + phrase.length)}`
  }
  for (const { levelled: name } of namesOf(agencies)) {
    const at = findPhrase(rest, name)
    if (at >= 0) rest = `${rest.slice(0, at)} ${rest.slice(at + name.length)}`
  }
  return rest.replace(/[^\p{L}\p{N}]+/gu, '')
}

/** A line of two to four words that all begin with a capital: a name, where nothing else says so. */
export function looksLikeName(line: string): boolean {
  const words = line.trim().split(/\s+/u)
  return words.length >= 2 && words.length <= 4 && line.length <= 60 && words.every((word) => /^\p{Lu}[\p{L}\p{M}'’.-]*$/u.test(word))
}

/** Agencies credited at the head of the first paragraph or in brackets at the end of the last. */
export function agenciesAround(paragraphs: readonly string[], book: PhraseBook, agencies: readonly Agency[]): string[] {
  const out: string[] = []
  const add = (text: string): void => { for (const name of agenciesIn(text, agencies, book.prefixes)) if (!out.includes(name)) out.push(name) }
  const head = (paragraphs[0] ?? '').slice(0, 140)
  const bracket = /^[^()（）【】]{0,80}[(（【]([^()（）【】]{2,60})[)）】]/u.exec(head)
  if (bracket && /[(（【]/u.test(head.slice(0, 60))) add(bracket[1] ?? '')
  const dash = /^(.{2,90}?)(?:\s[—–-]{1,2}|[—–]{1,2})\s?/u.exec(head)
  if (dash && (dash[1] ?? '').split(/\s+/u).length <= 12) add(dash[1] ?? '')
  // "TOWN, day — AGENCY. Text"
  const after = /^[^.!?—–]{2,70}\s[—–-]\s([^.!?—–,]{2,30})\.\s/u.exec(head)
  if (after) add(after[1] ?? '')
  const first = /^[\p{Script=Han}\p{Script=Katakana}]{2,12}(?=[^，。,]{0,20}\d)/u.exec(head)
  if (first) {
    const opening = agenciesIn(head.slice(0, 24), agencies, book.prefixes)[0]
    if (opening && agencies.some((agency) => agency.name === opening && agency.names.some((name) => head.startsWith(name)))) add(head.slice(0, 24))
  }
  const last = (paragraphs[paragraphs.length - 1] ?? '').slice(-120)
  const end = /[(（[]([^()（）[\]]{2,80})[)）\]]\s*\.?$/u.exec(last)
  if (end) add(end[1] ?? '')
  return out
}

const staffed = (bracket: string, book: PhraseBook): boolean => {
  const inner = level(bracket)
  return book.staff.some((word) => {
    if (word.length < 2 || inner.length <= word.length) return false
    // The paper may stand before the word where words are not parted.
    return inner.startsWith(word) || (/\p{Script=Han}/u.test(word) && inner.indexOf(word) > 0 && !inner.endsWith(word))
  })
}

/** The reporter named in brackets at the head of the first paragraph or the end of the last ("（… X）"), null when there is none. */
export function reporterAround(paragraphs: readonly string[], book: PhraseBook): string | null {
  for (const match of (paragraphs[0] ?? '').slice(0, 160).matchAll(/[(（]([^()（）]{2,60})[)）]/gu)) if (staffed(match[1] ?? '', book)) return (match[1] ?? '').trim()
  const last = /[(（]\s*([^()（）]{2,60}?)\s*[)）]\s*$/u.exec((paragraphs[paragraphs.length - 1] ?? '').slice(-80))?.[1]
  return last !== undefined && staffed(last, book) ? last : null
}
