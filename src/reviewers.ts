/** How far the people who review agree with one another, on what more than one of them decided. */
import { sql } from 'kysely'
import type { Store } from './store/index.ts'

/** Two people, and what both decided: reports right or wrong, pairs one event or two, values of fields. */
export interface ReviewerPair {
  readonly a: string
  readonly b: string
  readonly together: number
  readonly agreed: number
  /** Cohen's kappa over right or wrong and one or two: agreement beyond what chance gives. Null where both always said the same one thing, or nothing of that kind. */
  readonly kappa: number | null
}
export interface Reviewers {
  readonly people: readonly { readonly name: string; readonly decisions: number; readonly withdrawn: number; readonly last: string }[]
  readonly pairs: readonly ReviewerPair[]
  /** Reports and pairs of reports on which people disagree now: what was asked, who said what. */
  readonly disputed: readonly { readonly report: string; readonly other: string | null; readonly field: string | null; readonly said: readonly { readonly by: string; readonly what: string }[] }[]
}

interface Row { readonly name: string; readonly kind: string; readonly report: string; readonly other: string | null; readonly field: string | null; readonly value: unknown }

const MOST_DISPUTED = 200

/** Counts it over the decisions that count now; of one person on one question the last. */
export async function reviewers({ db }: Pick<Store, 'db'>): Promise<Reviewers> {
  const { rows: people } = await sql<{ name: string; decisions: number; withdrawn: number; last: string }>`select by_name as name, count(distinct at) as decisions, count(distinct at) filter (where withdrawn_at is not null) as withdrawn, max(at) as last
    from judgements where by_kind = 'person' group by by_name order by 2 desc, 1`.execute(db)
  const { rows } = await sql<Row>`select by_name as name, kind, report, other, field, value from judgements where by_kind = 'person' and withdrawn_at is null and kind <> 'annotate' and report is not null order by at, id`.execute(db)
  const questions = new Map<string, { readonly row: Row; readonly said: Map<string, string> }>()
  for (const row of rows) {
    const kind = row.kind === 'field-correction' ? 'field' : row.other === null ? 'right' : 'same'
    const key = `${kind} ${row.report} ${row.other ?? ''} ${row.field ?? ''}`
    const question = questions.get(key) ?? { row, said: new Map<string, string>() }
    question.said.set(row.name, kind === 'field' ? JSON.stringify(row.value) : row.kind)
    questions.set(key, question)
  }
  const pairs = new Map<string, { a: string; b: string; together: number; agreed: number; closed: Answers[] }>()
  for (const { row, said } of questions.values()) {
    const names = [...said.keys()].sort()
    for (const [at, a] of names.entries()) {
      for (const b of names.slice(at + 1)) {
        const pair = pairs.get(JSON.stringify([a, b])) ?? { a, b, together: 0, agreed: 0, closed: [] }
        const [x = '', y = ''] = [said.get(a), said.get(b)]
        pair.together++
        if (x === y) pair.agreed++
        if (row.field === null) pair.closed.push([row.other === null ? 'right' : 'same', x, y])
        pairs.set(JSON.stringify([a, b]), pair)
      }
    }
  }
  return {
    people: people.map(({ name, decisions, withdrawn, last }) => ({ name, decisions: Number(decisions), withdrawn: Number(withdrawn), last })),
    pairs: [...pairs.values()].map(({ closed, ...pair }) => ({ ...pair, kappa: kappa(closed) })).sort((x, y) => y.together - x.together || (x.a + x.b < y.a + y.b ? -1 : 1)),
    disputed: [...questions.values()].filter(({ said }) => new Set(said.values()).size > 1).slice(0, MOST_DISPUTED)
      .map(({ row, said }) => ({ report: row.report, other: row.other, field: row.field, said: [...said].map(([by, what]) => ({ by, what })) })),
  }
}

/** A kind of question, and what each of the two answered. */
type Answers = readonly [kind: string, a: string, b: string]

/** Cohen's kappa, chance reckoned for each kind of question by itself; null where it is not defined. */
export function kappa(answers: readonly Answers[]): number | null {
  if (answers.length === 0) return null
  const seen = answers.filter(([, a, b]) => a === b).length / answers.length
  const chance = [...new Set(answers.map(([kind]) => kind))].reduce((sum, kind) => {
    const own = answers.filter((answer) => answer[0] === kind)
    const share = (side: 1 | 2, value: string): number => own.filter((answer) => answer[side] === value).length / own.length
    return sum + (own.length / answers.length) * [...new Set(own.flatMap(([, a, b]) => [a, b]))].reduce((inner, value) => inner + share(1, value) * share(2, value), 0)
  }, 0)
  return chance === 1 ? null : Math.round(((seen - chance) / (1 - chance)) * 1000) / 1000
}
