/** Types that tellers confuse: reports are compared within a family only. What a type needs besides parties and day to be one event. */

interface Family {
  readonly name: string
  readonly types: readonly string[]
  /** How unlike one another two events of the family between the same parties on one day usually are: lower needs more to agree. */
  readonly base: number
  /** Two reports with actor and recipient swapped are two events. */
  readonly directed: boolean
  /** Reports of one event may state days so far apart: acts at night or across time zones. Contacts are dated by those who hold them. */
  readonly slack: number
}

const FAMILIES: readonly Family[] = [
  { name: 'contact', types: ['CONSULT'], base: -3, directed: false, slack: 0 },
  { name: 'accord', types: ['AGREE', 'SUPPORT', 'COOPERATE'], base: -4.5, directed: false, slack: 0 },
  { name: 'giving', types: ['AID'], base: -4, directed: true, slack: 1 },
  { name: 'yielding', types: ['CONCEDE', 'RETREAT'], base: -4, directed: true, slack: 1 },
  { name: 'asking', types: ['REQUEST'], base: -4.5, directed: true, slack: 1 },
  { name: 'blaming', types: ['ACCUSE'], base: -4.5, directed: true, slack: 1 },
  { name: 'refusing', types: ['REJECT'], base: -4.5, directed: true, slack: 1 },
  { name: 'threatening', types: ['THREATEN'], base: -4.5, directed: true, slack: 1 },
  { name: 'protesting', types: ['PROTEST'], base: -4, directed: true, slack: 1 },
  { name: 'punishing', types: ['SANCTION'], base: -4, directed: true, slack: 1 },
  { name: 'arming', types: ['MOBILIZE'], base: -4.5, directed: true, slack: 1 },
  { name: 'forcing', types: ['COERCE'], base: -4.5, directed: true, slack: 1 },
  { name: 'fighting', types: ['ASSAULT'], base: -5, directed: true, slack: 1 },
]
const OF_TYPE = new Map(FAMILIES.flatMap((family) => family.types.map((type) => [type, family] as const)))
const OTHER: Family = { name: 'other', types: [], base: -5, directed: true, slack: 0 }

export const familyOf = (type: string): Family => OF_TYPE.get(type) ?? { ...OTHER, name: type }

/** Modes that say little: they fit every other mode of their type. */
const GENERAL = new Set(['multilateral'])

export type ModeFit = 'same' | 'open' | 'other'

/** How two modes of one type fit: the same, one left open, or two different ways of doing it. */
export function modeFit(a: string | null, b: string | null): ModeFit {
  if (a === b) return 'same'
  return a === null || b === null || GENERAL.has(a) || GENERAL.has(b) ? 'open' : 'other'
}

export type Stage = 'done' | 'planned' | 'possible' | 'not'

/** Statuses that can be told of one and the same happening. */
export const stageOf = (status: string): Stage => (status === 'future' ? 'planned' : status === 'hypothetical' ? 'possible' : status === 'negated' ? 'not' : 'done')
