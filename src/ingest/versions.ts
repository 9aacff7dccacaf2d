/** Versions of one address, each with what changed since the one before. */
import { type ArticleEntry, type Db, getTexts, listVersions } from '../store/index.ts'

/** A paragraph that is new, gone, or worded otherwise. */
export interface TextChange {
  readonly kind: 'added' | 'removed' | 'changed'
  readonly before: string | null
  readonly after: string | null
  /** For a changed paragraph: the runs of words put in place of others. */
  readonly words: readonly { readonly before: string; readonly after: string }[]
}

export interface Version { readonly entry: ArticleEntry; readonly changes: readonly TextChange[] }

type Step = { readonly kind: 'same' | 'removed' | 'added'; readonly text: string }

/** Beyond this many comparisons the middle is taken as replaced whole. */
const MOST = 4_000_000
/** Share of words two paragraphs must have in common to be one worded otherwise. */
const ALIKE = 0.4

/** The shortest list of steps from one list to the other. */
function stepsBetween(a: readonly string[], b: readonly string[]): Step[] {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const [from, to] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  const same = (texts: readonly string[]): Step[] => texts.map((text) => ({ kind: 'same', text }))
  return [...same(a.slice(0, start)), ...middle(from, to), ...same(a.slice(a.length - end))]
}

function middle(a: readonly string[], b: readonly string[]): Step[] {
  const gone = (text: string): Step => ({ kind: 'removed', text })
  const fresh = (text: string): Step => ({ kind: 'added', text })
  if (a.length * b.length > MOST) return [...a.map(gone), ...b.map(fresh)]
  const width = b.length + 1
  // Length of the longest common rest from each pair of places.
  const rest = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) rest[i * width + j] = a[i] === b[j] ? (rest[(i + 1) * width + j + 1] ?? 0) + 1 : Math.max(rest[(i + 1) * width + j] ?? 0, rest[i * width + j + 1] ?? 0)
  }
  const out: Step[] = []
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      out.push({ kind: 'same', text: a[i] ?? '' })
      i++
      j++
    } else if ((rest[(i + 1) * width + j] ?? 0) >= (rest[i * width + j + 1] ?? 0)) out.push(gone(a[i++] ?? ''))
    else out.push(fresh(b[j++] ?? ''))
  }
  return [...out, ...a.slice(i).map(gone), ...b.slice(j).map(fresh)]
}

/* Words with the space before them, signs of scripts without spaces one by one: put together they are the text again. */
const wordsOf = (text: string): string[] => text.match(/\s*(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{M}\p{N}])+|\S)|\s+$/gu) ?? []

function wordChanges(before: string, after: string): { readonly share: number; readonly words: { readonly before: string; readonly after: string }[] } {
  const [a, b] = [wordsOf(before), wordsOf(after)]
  const words: { before: string; after: string }[] = []
  let open: { before: string; after: string } | null = null
  let same = 0
  for (const { kind, text } of stepsBetween(a, b)) {
    if (kind === 'same') {
      same++
      open = null
      continue
    }
    if (open === null) {
      open = { before: '', after: '' }
      words.push(open)
    }
    if (kind === 'removed') open.before += text
    else open.after += text
  }
  return { share: (2 * same) / Math.max(a.length + b.length, 1), words: words.map((change) => ({ before: change.before.trim(), after: change.after.trim() })) }
}

/** What changed from one text to the next, paragraph by paragraph, in the order of the later one. */
export function changesBetween(before: string, after: string): TextChange[] {
  const paragraphs = (text: string): string[] => text.split(/\n{2,}/u).filter((paragraph) => paragraph.trim() !== '')
  const out: TextChange[] = []
  let removed: string[] = []
  let added: string[] = []
  const flush = (): void => {
    for (const text of added) {
      const at = removed.findIndex((old) => wordChanges(old, text).share >= ALIKE)
      if (at < 0) {
        out.push({ kind: 'added', before: null, after: text, words: [] })
        continue
      }
      for (const old of removed.splice(0, at)) out.push({ kind: 'removed', before: old, after: null, words: [] })
      const old = removed.shift() ?? ''
      out.push({ kind: 'changed', before: old, after: text, words: wordChanges(old, text).words })
    }
    for (const old of removed) out.push({ kind: 'removed', before: old, after: null, words: [] })
    removed = []
    added = []
  }
  for (const { kind, text } of stepsBetween(paragraphs(before), paragraphs(after))) {
    if (kind === 'same') flush()
    else (kind === 'removed' ? removed : added).push(text)
  }
  flush()
  return out
}

/** All versions of an address, oldest first. */
export async function versionsOf(db: Db, address: string): Promise<Version[]> {
  const entries = await listVersions(db, address)
  const texts = await getTexts(db, entries.map(({ id }) => id))
  return entries.map((entry, at) => {
    const before = at === 0 ? null : texts.get(entries[at - 1]?.id ?? '')?.text
    return { entry, changes: before === null || before === undefined ? [] : changesBetween(before, texts.get(entry.id)?.text ?? '') }
  })
}
