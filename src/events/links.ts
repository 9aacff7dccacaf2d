/** Plans and what became of them: linked, never merged. */
import type { EventLink, Reason, WorldEvent } from '../model/index.ts'
import { dayNumber, edtfDay, readBase } from '../text/dates/calendar.ts'
import { isState } from './telling.ts'

/** CAMEO's code for the intent to meet: what a planned contact is coded as. */
const INTENT_TO_MEET = '036'
/** Rules of the ontology that read contacts, and plans of contacts. */
const CONTACT_RULES = /^(?:consult\.|agree\.plan-meeting)/u
/** A plan without a day of its own is held to be met by the first fitting contact within so many days. */
const WAIT_DAYS = 60
/** A plan with a day may slip by so many. */
const SLIP_DAYS = 3

const partiesOf = ({ actors, recipients }: WorldEvent): string => [...new Set([...actors, ...recipients].map(({ country, id }) => (isState(country) ? country : id)))].sort().join('|')
const day = (value: string | null): number | null => {
  const base = readBase(value)
  return base ? dayNumber(base.year, base.month ?? 1, base.day ?? 1) : null
}
/* A contact to come is an agreement; the rule that read it is still one of contacts. */
const isPlan = ({ status, type, cameo, rule }: WorldEvent): boolean => (type === 'CONSULT' && status === 'future') || (type === 'AGREE' && (status === 'future' ? CONTACT_RULES.test(rule) || cameo === INTENT_TO_MEET : status === 'occurred' && cameo === INTENT_TO_MEET))
const isContact = ({ status, type }: WorldEvent): boolean => type === 'CONSULT' && (status === 'occurred' || status === 'ongoing')
const isRefusal = ({ status, type, mode }: WorldEvent): boolean => (type === 'REJECT' && mode === 'meet') || (type === 'CONSULT' && status === 'negated')

interface Wait { readonly own: boolean; readonly announced: number; readonly from: number; readonly to: number }

/* When what was planned can happen: about its own day, or some weeks from when it was announced. */
function waitOf(plan: WorldEvent): Wait {
  const announced = Math.min(...plan.members.map(({ published }) => day(published) ?? Number.POSITIVE_INFINITY))
  const own = plan.date !== null && day(plan.firstDay) !== null && (day(plan.lastDay) ?? 0) > announced
  const start = Number.isFinite(announced) ? announced : (day(plan.firstDay) ?? 0)
  const [from, to] = own ? [(day(plan.firstDay) ?? 0) - 1, (day(plan.lastDay) ?? 0) + SLIP_DAYS] : [start, start + WAIT_DAYS]
  return { own, announced, from, to }
}

/* A visit is called off at any time after it was announced. */
const offFrom = ({ announced, from }: Wait): number => (Number.isFinite(announced) ? Math.min(announced, from) : from)

/** First and last day on which something may have become of a plan, or it may have been called off; null for what is no plan. */
export function planDays(event: WorldEvent): { readonly from: string; readonly to: string } | null {
  if (!isPlan(event)) return null
  const wait = waitOf(event)
  return { from: edtfDay(offFrom(wait)), to: edtfDay(wait.to) }
}

/** Whether something may have become of a plan by this event. */
export const mayEndPlan = (event: WorldEvent): boolean => isContact(event) || isRefusal(event)

/** Links in an order that does not depend on which others were looked at. */
export const inLinkOrder = (links: readonly EventLink[]): EventLink[] => [...links].sort((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.event < b.event ? -1 : a.event > b.event ? 1 : 0))

/** The links between events, by the id of the event they are on. */
export function linksOf(events: readonly WorldEvent[]): ReadonlyMap<string, readonly EventLink[]> {
  const byParties = new Map<string, WorldEvent[]>()
  for (const event of events) {
    if (!isPlan(event) && !isContact(event) && !isRefusal(event)) continue
    const key = partiesOf(event)
    if (key.includes('|')) byParties.set(key, [...(byParties.get(key) ?? []), event])
  }
  const links = new Map<string, EventLink[]>()
  const add = (on: string, link: EventLink): void => { links.set(on, [...(links.get(on) ?? []), link]) }
  for (const group of byParties.values()) {
    const inOrder = [...group].sort((a, b) => (day(a.firstDay) ?? 0) - (day(b.firstDay) ?? 0) || b.members.length - a.members.length || (a.id < b.id ? -1 : 1))
    for (const plan of inOrder.filter(isPlan)) {
      const wait = waitOf(plan)
      const { own, from, to } = wait
      const within = (event: WorldEvent, start: number): boolean => { const first = day(event.firstDay); const last = day(event.lastDay); return first !== null && last !== null && first >= start && first <= to && last - first <= SLIP_DAYS }
      const fits = inOrder.filter((event) => personsAgree(plan, event))
      const came = fits.find((event) => isContact(event) && within(event, from) && !event.members.some(({ article }) => !own && plan.members.some((member) => member.article === article)))
      const off = fits.find((event) => isRefusal(event) && within(event, offFrom(wait)))
      if (came) {
        const reason: Reason = own ? { code: 'planned-came', about: { dayA: plan.date?.value ?? '', dayB: came.date?.value ?? '' }, against: false } : { code: 'announced-came', about: { day: came.date?.value ?? '' }, against: false }
        add(plan.id, { kind: 'came-of', event: came.id, reason })
        add(came.id, { kind: 'planned-as', event: plan.id, reason })
      } else if (off) {
        const reason: Reason = own ? { code: 'planned-off', about: { dayA: plan.date?.value ?? '', dayB: off.date?.value ?? '' }, against: true } : { code: 'announced-off', about: { day: off.date?.value ?? '' }, against: true }
        add(plan.id, { kind: 'called-off', event: off.id, reason })
      }
    }
  }
  return new Map([...links].map(([event, own]) => [event, inLinkOrder(own)]))
}

function personsAgree(a: WorldEvent, b: WorldEvent): boolean {
  const persons = (event: WorldEvent): Map<string, Set<string>> => {
    const out = new Map<string, Set<string>>()
    for (const { id, country } of [...event.actors, ...event.recipients]) if (id.startsWith('person:') && country !== null) out.set(country, new Set([...(out.get(country) ?? []), id]))
    return out
  }
  const [x, y] = [persons(a), persons(b)]
  return [...x].every(([country, ids]) => { const others = y.get(country); return !others || [...ids].some((id) => others.has(id)) })
}
