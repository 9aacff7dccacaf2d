/** What a message says: as data for webhooks, as text for people. */
import type { EventMember, WorldEvent } from '../model/index.ts'
import type { Delivery } from '../store/index.ts'
import type { DeliveryBody } from './evaluate.ts'

export type AlertDelivery = Delivery<DeliveryBody>

/** Words of a message in one language. */
export interface MessageWords {
  readonly direction: 'ltr' | 'rtl'
  line(event: WorldEvent): string
  date(event: WorldEvent): string
  side(side: string): string
  /** What the kinds of alert are called. */
  readonly tells: Readonly<Record<AlertDelivery['tells'], string>>
  readonly before: string
  readonly now: string
}

/** Characters that would steer what shows the text, and breaks of lines. */
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu
export const oneLine = (text: string): string => text.replace(HIDDEN, ' ').replace(/\s+/gu, ' ').trim()

const sourceOf = ({ outlet, url, published, language, quote, article, span }: EventMember) => ({ article, span, outlet, url, published, language, quote })

/** The body of a webhook: the same bytes at every attempt. */
export function webhookBody(delivery: AlertDelivery, words: MessageWords, desk: string | null): string {
  const { id, name, alert, tells, body: { event, denials, rewordings }, createdAt } = delivery
  return JSON.stringify({
    id, alert: { id: alert, name }, tells, at: createdAt,
    event: {
      id: event.id, line: words.line(event), type: event.type, mode: event.mode, status: event.status, date: event.date?.value ?? null, actors: event.actors.map(({ id: actor, name: called, country }) => ({ id: actor, name: called, country })),
      recipients: event.recipients.map(({ id: actor, name: called, country }) => ({ id: actor, name: called, country })), confidence: event.confidence, url: linkTo(desk, event), sources: event.members.map(sourceOf),
    },
    ...(denials ? { denials } : {}), ...(rewordings ? { rewordings } : {}),
  })
}

export const linkTo = (desk: string | null, event: WorldEvent): string | null => (desk === null ? null : new URL(`events/${event.id}`, desk.endsWith('/') ? desk : `${desk}/`).href)

/** Subject and text of a letter. */
export function letterOf(delivery: AlertDelivery, words: MessageWords, desk: string | null): { readonly subject: string; readonly text: string } {
  const { name, tells, body: { event, denials = [], rewordings = [] } } = delivery
  const quoted = (text: string): string => `    ${oneLine(text)}`
  const link = linkTo(desk, event)
  const lines = [
    `${words.tells[tells]}: ${oneLine(words.line(event))}`, oneLine(words.date(event)), ...(link === null ? [] : [link]), '',
    ...denials.flatMap(({ side, quote }) => [`${oneLine(words.side(side))}:`, quoted(quote.text), '']),
    ...rewordings.flatMap(({ side, before, now }) => [`${oneLine(words.side(side))}, ${words.before}:`, quoted(before.text), `${words.now}:`, quoted(now.text), '']),
    ...event.members.flatMap((member) => [oneLine([member.outlet, member.published, member.url].filter((part) => part !== null).join(' · ')), quoted(member.quote), '']),
  ]
  return { subject: `[Readout] ${oneLine(name)}: ${oneLine(words.line(event))}`.slice(0, 200), text: `${lines.join('\n').trim()}\n` }
}
