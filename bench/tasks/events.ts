/** End-to-end sets: sentences and articles with coded events. */
import { rows, scorer } from '../data.ts'
import { asEvent, code, happened } from '../coder.ts'
import type { Row } from '../table.ts'

interface Item { readonly id: string; readonly lang: string; readonly text: string; readonly date?: string; readonly events: readonly unknown[] }

interface Scores { readonly f1: number; readonly precision: number; readonly recall: number }

/** Measures of a set: which part of the scorer's answer, and what is asked of it. */
interface Task { readonly set: string; readonly measures: readonly { readonly part: string; readonly target?: number; readonly anchor?: string }[] }

const TASKS: readonly Task[] = [
  { set: 'e2e_en', measures: [{ part: 'triple', target: 0.45 }, { part: 'dyad', anchor: 'dictionary baseline 0.609' }, { part: 'span_dyad', anchor: 'dictionary baseline 0.509' }, { part: 'root' }] },
  { set: 'petr', measures: [{ part: 'triple' }] },
  { set: 'es_events', measures: [{ part: 'span_quad' }, { part: 'span_dyad' }] },
  { set: 'es_protest', measures: [{ part: 'quad' }] },
  { set: 'es_fight', measures: [{ part: 'root' }, { part: 'triple' }] },
  { set: 'ar_spans', measures: [{ part: 'dyad' }, { part: 'span_dyad' }] },
]

/** Scores the end-to-end sets by F1. */
export async function measureEvents(): Promise<Row[]> {
  const score = await scorer()
  const out: Row[] = []
  for (const task of TASKS) {
    const gold = rows<Item>(`${task.set}.jsonl`)
    const predictions = []
    for (const item of gold) {
      const { reports } = await code(item.text, item.lang, item.date ?? null)
      predictions.push({ id: item.id, events: happened(reports).map(asEvent) })
    }
    const { levels } = score(task.set, gold, predictions) as { levels: Record<string, Scores> }
    for (const { part, target, anchor } of task.measures) {
      const level = levels[part]
      const detail = level ? ` (P ${level.precision.toFixed(2)}, R ${level.recall.toFixed(2)})` : ''
      out.push({ set: task.set, measure: `${part} F1${detail}`, n: gold.length, value: level?.f1 ?? null, ...(target === undefined ? {} : { target }), ...(anchor === undefined ? {} : { anchor }) })
    }
  }
  return out
}
