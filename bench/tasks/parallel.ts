/** The same story in two languages: do both sides give the same events? And stories that are not political: do they stay quiet? */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { BENCH, rows } from '../data.ts'
import { code, knowledge, states } from '../coder.ts'
import type { Report } from '../../src/model/index.ts'
import type { Row } from '../table.ts'

interface Pair { readonly id: string; readonly doc: string; readonly seq?: number; readonly lang: string; readonly text: string; readonly en: string | null }

/** What an article tells, by states: `who`, `who+quad`, `who+type`. */
function told(reports: readonly Report[]): { who: Set<string>; quad: Set<string>; type: Set<string> } {
  const out = { who: new Set<string>(), quad: new Set<string>(), type: new Set<string>() }
  for (const report of reports) {
    const { all } = states(report)
    if (all.length === 0) continue
    const who = all.join('-')
    out.who.add(who)
    out.quad.add(`${who} ${report.quadClass}`)
    out.type.add(`${who} ${report.type}`)
  }
  return out
}

interface Count { both: number; left: number; right: number }
const add = (count: Count, a: ReadonlySet<string>, b: ReadonlySet<string>): void => {
  count.both += [...a].filter((item) => b.has(item)).length
  count.left += a.size
  count.right += b.size
}
const agreement = (count: Count): number | null => (count.left + count.right === 0 ? null : (2 * count.both) / (count.left + count.right))

async function reportsOf(texts: readonly string[], language: string): Promise<Report[]> {
  return [...(await code(texts.join('\n'), language)).reports]
}

/** Agreement (F1 over what each article or UN sentence tells) with the English side. */
export async function measureParallel(most: number): Promise<Row[]> {
  const out: Row[] = []
  for (const language of knowledge.languages.filter((candidate) => candidate !== 'en')) {
    const counts = { who: { both: 0, left: 0, right: 0 }, quad: { both: 0, left: 0, right: 0 }, type: { both: 0, left: 0, right: 0 } }
    let articles = 0
    for (const set of ['ntrex', 'wmt', 'newstest', 'un']) {
      const file = `${set}.${language}.jsonl`
      if (!existsSync(join(BENCH, 'parallel', file))) continue
      const byDoc = new Map<string, Pair[]>()
      for (const pair of rows<Pair>('parallel', file)) byDoc.set(set === 'un' ? pair.id : pair.doc, [...(byDoc.get(set === 'un' ? pair.id : pair.doc) ?? []), pair])
      for (const pairs of [...byDoc.values()].slice(0, most === 0 ? undefined : most)) {
        articles++
        const own = told(await reportsOf(pairs.map((pair) => pair.text), language))
        const english = told(await reportsOf(pairs.map((pair) => pair.en ?? ''), 'en'))
        for (const key of ['who', 'quad', 'type'] as const) add(counts[key], own[key], english[key])
      }
    }
    if (articles === 0) continue
    out.push({ set: 'parallel', measure: `${language}: who, agreement with English`, n: articles, value: agreement(counts.who), ...(language === 'ar' ? { target: 0.55 } : {}) })
    out.push({ set: 'parallel', measure: `${language}: who and quad class`, n: articles, value: agreement(counts.quad) })
    out.push({ set: 'parallel', measure: `${language}: who and type`, n: articles, value: agreement(counts.type) })
  }
  return out
}

/** Events found per article that is not political, by language. */
export async function measureQuiet(): Promise<Row[]> {
  const out: Row[] = []
  for (const language of knowledge.languages) {
    const pairs = rows<Pair>('parallel', `ntrex-other.${language === 'en' ? 'ar' : language}.jsonl`)
    const byDoc = new Map<string, Pair[]>()
    for (const pair of pairs) byDoc.set(pair.doc, [...(byDoc.get(pair.doc) ?? []), pair])
    let events = 0
    for (const [doc, list] of byDoc) {
      const reports = await reportsOf(list.map((pair) => (language === 'en' ? (pair.en ?? '') : pair.text)), language)
      events += reports.length
      if (process.env['READOUT_MISSES']) for (const report of reports) console.error(`${language} ${doc} ${report.type} ${states(report).actors}>${states(report).recipients} ${report.confidence} ${report.rule} | ${report.evidence.map((item) => item.text).join(' | ')}`)
    }
    out.push({ set: 'ntrex-other', measure: `${language}: events a non-political article`, n: byDoc.size, value: events / byDoc.size, target: 0.2, atMost: true })
  }
  return out
}
