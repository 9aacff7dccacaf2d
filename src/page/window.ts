/** The story in a page's bare lines: the run of lines with the greatest sum of scores. */
import { TERMINAL } from './credits.ts'
import { isRow, width } from './sift.ts'

const FULL = 60
const OPEN = 120
const PENALTY = -60
const MILD = -30
const STRONG = -180
const OPEN_SHARE = 0.7
const REFRAIN = 0.3
/** A short line that is a sentence belongs to a story rather than to a menu. */
const SENTENCE = 12
const SENTENCE_SHARE = 0.3
/** A paragraph with so many lines of no story on both sides is another story's teaser more often than this one's. */
const ALONE = 3
const ALONE_SHARE = 0.5
/** What a story loses at most by standing at the end of the page. */
const LATE = 0.35

export interface WindowLine {
  readonly text: string
  /** Known to be no story: `inside` for what often stands between its paragraphs (pictures, advertisements), `outside` for what comes before or after it. */
  readonly out: 'inside' | 'outside' | null
  /** Share of the line in links, 0 where that is not known. */
  readonly links: number
}

function score(line: WindowLine): number {
  const size = width(line.text)
  if (line.out !== null) return line.out === 'inside' ? MILD : STRONG
  if (line.links > 0.6) return PENALTY
  if (TERMINAL.test(line.text) && size >= SENTENCE) return size >= FULL ? size : size * SENTENCE_SHARE
  if (size >= OPEN && !isRow(line.text)) return size * OPEN_SHARE
  return PENALTY
}

const looksLikeHeading = (text: string): boolean => width(text) <= 110 && !/[|©@#]|https?:/u.test(text)

interface Run { readonly from: number; readonly to: number; readonly sum: number }

/** The run of lines with the greatest sum between two bounds. */
function bestRun(scores: readonly number[], first: number, last: number): Run | null {
  let best: Run | null = null
  let sum = 0
  let start = first
  for (let index = first; index <= last; index++) {
    if (sum <= 0) { sum = 0; start = index }
    sum += scores[index] ?? 0
    if (sum > 0 && sum > (best?.sum ?? 0)) best = { from: start, to: index, sum }
  }
  return best
}

/** Rules, terms and lists open line after line with the same words; from the third on such a line counts little. */
function withoutRefrains(lines: readonly WindowLine[], scores: readonly number[]): number[] {
  const seen = new Map<string, number>()
  return scores.map((value, index) => {
    if (value <= 0) return value
    const opening = (lines[index]?.text ?? '').split(' ', 2).join(' ').slice(0, 24)
    const count = (seen.get(opening) ?? 0) + 1
    seen.set(opening, count)
    return count > 2 && opening.length >= 6 ? value * REFRAIN : value
  })
}

/** Lists of stories give a paragraph of each between names, dates and headlines; such a paragraph counts less. */
function withoutTeasers(scores: readonly number[]): number[] {
  // Lines without story above each line, and below it; the ends of the page are as good as any number of them.
  const above: number[] = []
  const below: number[] = []
  for (let index = 0; index < scores.length; index++) above[index] = index === 0 || (scores[index - 1] ?? 0) <= 0 ? (above[index - 1] ?? ALONE - 1) + 1 : 0
  for (let index = scores.length - 1; index >= 0; index--) below[index] = index === scores.length - 1 || (scores[index + 1] ?? 0) <= 0 ? (below[index + 1] ?? ALONE - 1) + 1 : 0
  return scores.map((value, index) => (value > 0 && (above[index] ?? 0) >= ALONE && (below[index] ?? 0) >= ALONE ? value * ALONE_SHARE : value))
}

/** Indexes of the story's lines, in order; none when no line reads as prose. `worth` weighs one run against another (1 = no opinion). */
export function storyWindow(lines: readonly WindowLine[], worth: (from: number, to: number) => number = () => 1): number[] {
  const scores = withoutTeasers(withoutRefrains(lines, lines.map(score)))
  const first = bestRun(scores, 0, scores.length - 1)
  if (!first) return []
  const rivals = [first, bestRun(scores, 0, first.from - 1), bestRun(scores, first.to + 1, scores.length - 1)].filter((run): run is Run => run !== null)
  let chosen = first
  let most = -1
  for (const run of rivals) {
    const value = run.sum * worth(run.from, run.to) * (1 - LATE * (run.from / scores.length))
    if (value > most) { most = value; chosen = run }
  }
  const out: number[] = []
  for (let index = chosen.from; index <= chosen.to; index++) {
    const line = lines[index]
    if (!line || line.out !== null) continue
    if ((scores[index] ?? 0) > 0) { out.push(index); continue }
    const above = (scores[index - 1] ?? 0) > 0
    const below = (scores[index + 1] ?? 0) > 0
    if (above && below && (looksLikeHeading(line.text) || TERMINAL.test(line.text)) && line.links <= 0.6) out.push(index)
  }
  return out
}
