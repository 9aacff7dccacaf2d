/** Writing reports, statements and figures as lines in the reader's language, from templates. Names are written in that language where its tables have them. */
import type { Templates } from '../knowledge/templates.ts'
import type { Actor, DateValue, Figure, Report, Statement } from '../model/index.ts'

export interface LineWriter {
  report(report: Report): string
  statement(statement: Statement): string
  figure(figure: Figure): string
  actor(actor: Actor): string
  date(date: DateValue | null): string
}

/** Makes the writer of a language. `nameOf` gives the usual name of a gazetteer id in that language, null when its tables have none. */
export function createLineWriter(language: string, templates: Templates, nameOf: (id: string) => string | null): LineWriter {
  const actor = (value: Actor): string => {
    const name = nameOf(value.id) ?? value.name
    const country = value.country !== null && !value.id.startsWith('state:') ? (nameOf(`state:${value.country}`) ?? value.country) : null
    return country !== null && !value.id.startsWith('organisation:') && !value.id.startsWith('office:') ? `${name} (${country})` : name
  }
  const list = (actors: readonly Actor[]): string => {
    const names = [...new Set(actors.map(actor))]
    const last = names.pop() ?? ''
    return names.length === 0 ? last : `${names.join(templates.comma)}${templates.and}${last}`
  }
  const slots = (template: string, values: Readonly<Record<string, string>>): string => template.replace(/\{(\w+)\}/gu, (whole, name: string) => values[name] ?? whole)
  const formatDay = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' })
  const formatMonth = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  const date = (value: DateValue | null): string => {
    if (!value) return templates.labels['undated'] ?? ''
    const day = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(value.value)
    const month = /^(\d{4})-(0[1-9]|1[0-2])$/u.exec(value.value)
    if (day) return formatDay.format(new Date(`${value.value}T00:00:00Z`))
    if (month) return formatMonth.format(new Date(`${value.value}-01T00:00:00Z`))
    return value.value
  }
  return {
    actor, date,
    report(value) {
      const key = value.mode === null ? value.type : `${value.type}.${value.mode}`
      const lone = value.recipients.length === 0 && value.actors.length < 2
      const both = value.recipients.length === 0 && value.actors.length >= 2
      const keys = value.recipients.length === 0 ? [`${key}/lone`, `${value.type}/lone`, key, value.type] : [key, value.type]
      const template = (lone || both ? keys : [key, value.type]).map((name) => templates.types[name]).find((found) => found !== undefined) ?? `{actors} — ${key} — {recipients}`
      const line = slots(template, { actors: list(value.actors), recipients: list(value.recipients) })
      return slots(templates.status[value.status] ?? '{line}', { line })
    },
    statement(value) {
      const words = value.quoted ? `“${value.text}”` : value.text
      return slots(templates.stances[value.stance] ?? templates.stances['said'] ?? '{speaker}: {words}', { speaker: actor(value.speaker), words })
    },
    figure(value) {
      const measure = templates.measures[value.measure] ?? value.measure
      const number = new Intl.NumberFormat(language).format(value.value)
      const sign = value.comparator === '=' ? '' : `${value.comparator} `
      const unit = value.unit === null ? '' : ` ${value.unit}`
      const parties = value.parties.map((id) => nameOf(`state:${id}`) ?? id).join(' – ')
      return `${measure}: ${sign}${number}${unit}${value.period === null ? '' : ` (${value.period})`}${parties === '' ? '' : ` — ${parties}`}`
    },
  }
}
