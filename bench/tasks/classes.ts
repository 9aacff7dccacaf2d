/** Sentence classes: does a sentence tell of cooperation or conflict, in words or deeds; does it report an event of a given type. */
import { rows, scorer } from '../data.ts'
import { code, happened, ranked } from '../coder.ts'
import type { Row } from '../table.ts'

interface Sentence { readonly id: string; readonly lang: string; readonly text: string; readonly event_type?: string }

/** `cameo_class`: the surest report of the sentence says the class, none says 0. */
export async function measureCameoClass(): Promise<Row[]> {
  const gold = rows<Sentence>('cameo_class.jsonl')
  const predictions = []
  for (const item of gold) predictions.push({ id: item.id, root: ranked((await code(item.text, item.lang)).reports)[0]?.type ?? null })
  const result = (await scorer())('cameo_class', gold, predictions) as { penta: { macroF1: number } }
  return [{ set: 'cameo_class', measure: 'macro-F1', n: gold.length, value: result.penta.macroF1, anchor: 'TF-IDF + SVM trained on it 0.599, ConfliBERT 0.895' }]
}

/** `un_quad`: the same sentences in six languages. `most` limits the groups, 0 for all. */
export async function measureUnQuad(most: number): Promise<Row[]> {
  const all = rows<Sentence & { group: string }>('un_quad.jsonl')
  const groups = new Set([...new Set(all.map((item) => item.group))].slice(0, most === 0 ? undefined : most))
  const gold = all.filter((item) => groups.has(item.group))
  const predictions = []
  for (const item of gold) predictions.push({ id: item.id, root: ranked((await code(item.text, item.lang)).reports)[0]?.type ?? null })
  const result = (await scorer())('un_quad', gold, predictions) as { meanMacroF1: number; worstMacroF1: number; sameLabelInAllLanguages: number; byLang: Record<string, { macroF1: number }> }
  const n = gold.length
  return [
    { set: 'un_quad', measure: 'mean macro-F1 of six languages', n, value: result.meanMacroF1, anchor: 'TF-IDF + SVM trained on it 0.476' },
    ...Object.entries(result.byLang).map(([language, scores]) => ({ set: 'un_quad', measure: `macro-F1 ${language}`, n: gold.filter((item) => item.lang === language).length, value: scores.macroF1 })),
    { set: 'un_quad', measure: 'same class in every language', n: groups.size, value: result.sameLabelInAllLanguages },
  ]
}

/** `ar_detect`: does the Arabic sentence report an ASSAULT, a PROTEST. */
export async function measureArabicDetection(): Promise<Row[]> {
  const gold = rows<Sentence>('ar_detect.jsonl')
  const predictions = []
  for (const item of gold) predictions.push({ id: item.id, events: happened((await code(item.text, item.lang)).reports).map((report) => ({ root: report.type })) })
  const result = (await scorer())('ar_detect', gold, predictions) as { byType: Record<string, { yesF1: number; perClass: Record<string, { precision: number; recall: number }> }> }
  return Object.entries(result.byType).map(([type, scores]) => {
    const yes = scores.perClass['yes']
    return {
      set: 'ar_detect', measure: `${type} F1 (P ${(yes?.precision ?? 0).toFixed(2)}, R ${(yes?.recall ?? 0).toFixed(2)})`, n: gold.filter((item) => item.event_type === type).length, value: scores.yesF1,
      ...(type === 'ASSAULT' ? { target: 0.7, anchor: 'TF-IDF + SVM trained on it 0.681' } : { anchor: 'TF-IDF + SVM trained on it 0.211' }),
    }
  })
}
