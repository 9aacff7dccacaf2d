/** What can happen: `ontology/`. Types, concepts and the rules between them, checked and frozen. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { checkSettings, readSettings } from './settings.ts'
import { KnowledgeError } from './tables.ts'

const typeSchema = z.strictObject({
  quad: z.enum(['verbal-cooperation', 'material-cooperation', 'verbal-conflict', 'material-conflict']),
  score: z.number(),
  recipient: z.enum(['required', 'optional']),
  cameo: z.string(),
  modes: z.record(z.string(), z.number()),
})
export type EventType = z.infer<typeof typeSchema>

export const EFFECTS = ['request', 'refuse', 'promise', 'threaten', 'plan', 'deny', 'accuse', 'stop', 'conclude', 'prevent', 'transparent', 'attempt', 'consider', 'allow', 'abstain', 'delay'] as const
export type Effect = (typeof EFFECTS)[number]

const conceptSchema = z.strictObject({
  kind: z.enum(['act', 'speech', 'matrix']),
  gloss: z.string(),
  stance: z.string().optional(),
  effect: z.enum(EFFECTS).optional(),
  /** Its wordings mean other things too: they count only with a person right behind them of whom nothing more is said, or with a place. */
  bare: z.enum(['person', 'place']).optional(),
  /** Its subject is asked, by whoever says so ("X must stop, Y said"). */
  asks: z.enum(['subject']).optional(),
  /** Its effect where those it is told to are servants of whoever tells them ("ordered the army to move"). */
  within: z.enum(EFFECTS).optional(),
  /** Said of an act by a noun, whoever says it does that act ("announced the recall of its ambassador"). */
  performs: z.boolean().optional(),
  /** What it is said of is a deed: whoever is named as suffering that deed is not who it is said to. */
  deed: z.boolean().optional(),
  /** Its subject undergoes it, and it is an act only where its sentence tells of the force as well ("died in a raid"). */
  undergone: z.boolean().optional(),
  /** Done as well by whoever it is of: a deed of theirs that others join ("joined X's sanctions against Y"). */
  joins: z.boolean().optional(),
  /** Whoever does it comes from elsewhere: forces of no state are not of the one it is done to. */
  'from-abroad': z.boolean().optional(),
  /** Said of a deed, by whoever the deed was done for ("thanked X for sending doctors"). */
  'for-deeds': z.boolean().optional(),
  /** Done by a third party for those who act in its clause ("agreed, mediated by X"). */
  'of-third': z.boolean().optional(),
  /** Said of what another did, it is this other act ("regretted X's decision"). */
  'of-others': z.string().optional(),
  /** Its verb may stand behind the words it gives ("…, deplored the ministry"). */
  gives: z.boolean().optional(),
  /** Done by one in civil office to another, it is this other act, in words ("the president attacked the chancellor"). */
  'between-officials': z.string().optional(),
  /** Said of a person, and not of what they did, it is this other act ("welcomed X in Ankara"). */
  'of-persons': z.string().optional(),
  /** Done by a state or its officials, it is this other act ("X protested against the visit"). */
  'by-states': z.string().optional(),
  /** Done to one in such an office, it is this other act, by office ("X was sent out of the country"). */
  'to-offices': z.record(z.string(), z.string()).optional(),
})
export type Concept = z.infer<typeof conceptSchema>

export const SCHEMES = ['mutual', 'mutual-with', 'mutual-directed', 'visit', 'host', 'directed', 'giving', 'leaving', 'lone'] as const
export type Scheme = (typeof SCHEMES)[number]

const slot = z.string().optional()
const ruleSchema = z.strictObject({
  id: z.string(), concepts: z.array(z.string()), type: z.string(), mode: z.string().optional(),
  roles: z.enum(SCHEMES), cameo: z.string(), needs: z.enum(['recipient', 'both']).optional(), /** Its day lies ahead. */ ahead: z.boolean().optional(), contexts: z.array(z.string()).optional(),
  /** The noun alone tells a state of affairs, not an event. */
  verbal: z.boolean().optional(),
  /** The noun's possessor undergoes it ("the arrest of X", "X's death"). */
  undergoer: z.boolean().optional(),
  /** Type of what a noun behind it names that is the same happening (an agreement that is signed). */
  object: z.string().optional(),
  /** What its object tells is only talked of or alleged ("discussed extraditing X"). */
  alleges: z.boolean().optional(),
  /** What its object names has not happened ("warned X against sending troops"). */
  averts: z.boolean().optional(),
  /** What its object tells of is said not to be so, and whoever is named there is no recipient ("denied reports of a raid on X"). */
  denies: z.boolean().optional(),
  /** Only ever done to another state: whoever is of the doer's own is no recipient. */
  abroad: z.boolean().optional(),
  /** In the passive, the doer stands where whoever it is done to is taken from ("expelled from X") or called to ("summoned to the ministry of X"). */
  'passive-agent': z.enum(['source', 'place']).optional(), reason: z.string(),
  example: z.strictObject({
    agent: slot, patient: slot, partner: slot, addressee: slot, target: slot, source: slot, beneficiary: slot,
    gives: z.strictObject({ actors: z.array(z.string()), recipients: z.array(z.string()).optional() }),
  }),
})
export type EventRule = z.infer<typeof ruleSchema>

const matrixRowSchema = z.strictObject({
  embedded: z.array(z.string()), type: z.string().optional(), mode: z.string().optional(), 'mode-from': z.literal('embedded').optional(),
  keep: z.boolean().optional(), status: z.enum(['future', 'hypothetical', 'negated', 'ongoing']).optional(), cameo: z.string().optional(), reason: z.string(),
})
export type MatrixRow = z.infer<typeof matrixRowSchema>
const matrixSchema = z.looseObject({ 'threat-modes': z.record(z.string(), z.string()) })

export interface Ontology {
  readonly types: Readonly<Record<string, EventType>>
  readonly concepts: Readonly<Record<string, Concept>>
  readonly rules: readonly EventRule[]
  readonly ruleOf: ReadonlyMap<string, EventRule>
  readonly matrix: Readonly<Partial<Record<Effect, readonly MatrixRow[]>>>
  readonly threatModes: Readonly<Record<string, string>>
}

/** Reads the ontology folder; throws KnowledgeError when a rule names an unknown concept, type or mode. */
export function loadOntology(folder: string): Ontology {
  const typesFile = join(folder, 'types.yaml')
  const types = readSettings(typesFile, z.record(z.string(), typeSchema))
  const concepts: Record<string, Concept> = {}
  for (const name of readdirSync(join(folder, 'concepts')).sort()) {
    const file = join(folder, 'concepts', name)
    for (const [id, concept] of Object.entries(readSettings(file, z.record(z.string(), conceptSchema)))) {
      if (concepts[id]) throw new KnowledgeError(file, 0, `concept '${id}' is defined twice`)
      concepts[id] = concept
    }
  }
  for (const [id, concept] of Object.entries(concepts)) {
    for (const key of ['between-officials', 'by-states'] as const) {
      const other = concept[key]
      if (other !== undefined && concepts[other]?.kind !== 'act') throw new KnowledgeError(join(folder, 'concepts'), 0, `concept '${id}' is '${other}' ${key}, which is no act`)
    }
    for (const [office, other] of Object.entries(concept['to-offices'] ?? {})) if (concepts[other]?.kind !== 'act') throw new KnowledgeError(join(folder, 'concepts'), 0, `concept '${id}' is '${other}' to '${office}', which is no act`)
  }
  const rules: EventRule[] = []
  const ruleOf = new Map<string, EventRule>()
  for (const name of readdirSync(join(folder, 'rules')).sort()) {
    if (name === 'matrix.yaml') continue
    const file = join(folder, 'rules', name)
    for (const rule of readSettings(file, z.array(ruleSchema))) {
      const type = types[rule.type]
      if (!type) throw new KnowledgeError(file, 0, `rule '${rule.id}' names the unknown type '${rule.type}'`)
      if (rule.mode && type.modes[rule.mode] === undefined) throw new KnowledgeError(file, 0, `rule '${rule.id}' names the unknown mode '${rule.mode}'`)
      for (const id of rule.concepts) {
        if (!concepts[id]) throw new KnowledgeError(file, 0, `rule '${rule.id}' names the unknown concept '${id}'`)
        if (ruleOf.has(id)) throw new KnowledgeError(file, 0, `concept '${id}' has two rules`)
        ruleOf.set(id, rule)
      }
      rules.push(rule)
    }
  }
  const matrixFile = join(folder, 'rules', 'matrix.yaml')
  const raw = readSettings(matrixFile, matrixSchema)
  const matrix: Partial<Record<Effect, MatrixRow[]>> = {}
  for (const effect of EFFECTS) if (raw[effect] !== undefined) matrix[effect] = checkSettings(raw[effect], z.array(matrixRowSchema), matrixFile)
  return { types, concepts, rules, ruleOf, matrix, threatModes: raw['threat-modes'] }
}
