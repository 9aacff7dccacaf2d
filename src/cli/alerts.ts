/** What the sending of alerts needs from outside: the settings, and the words of messages. */
import { isIP } from 'node:net'
import { keepDelivering } from '../alerts/deliver.ts'
import { createSend, type Send, type SendSettings, type Words } from '../alerts/send.ts'
import type { Desk } from '../api/desk.ts'
import { loadInterfaces } from '../web/interface.ts'
import { say, UserError } from './terminal.ts'

const addressOf = (name: string, value: string | undefined, protocols: readonly string[]): string | null => {
  if (value === undefined || value === '') return null
  if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol)) throw new UserError(`${name} takes an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`)
  return value
}

/** The settings of alerts from the environment. Throws UserError, which names the one that is wrong but not what it holds. */
export function alertSettings(env: Readonly<Record<string, string | undefined>> = process.env): SendSettings {
  const smtp = addressOf('READOUT_SMTP_URL', env['READOUT_SMTP_URL'], ['smtp:', 'smtps:'])
  const from = env['READOUT_MAIL_FROM'] || null
  if (from !== null && !/^(?:[^<>\r\n]*<)?[^\s<>@]+@[^\s<>@]+>?$/u.test(from)) throw new UserError('READOUT_MAIL_FROM takes the address of a mailbox, such as Readout <desk@example.org>')
  if (smtp !== null && from === null) throw new UserError('READOUT_SMTP_URL is set; set READOUT_MAIL_FROM too, the address letters come from')
  const allow = (env['READOUT_WEBHOOK_ALLOW'] ?? '').split(',').map((part) => part.trim()).filter((part) => part !== '')
  const bad = allow.find((part) => isIP(part) === 0)
  if (bad !== undefined) throw new UserError(`READOUT_WEBHOOK_ALLOW takes IP addresses parted by commas, not '${bad}'`)
  return { smtp, from, allow, desk: addressOf('READOUT_DESK_URL', env['READOUT_DESK_URL'], ['http:', 'https:']) }
}

/** The words of messages in each language. */
export function messageWords(desk: Desk): Words {
  const interfaces = loadInterfaces(desk.knowledge)
  return (language) => {
    const { events, lines } = desk.writers(language)
    const ui = interfaces.get(desk.writers(language).language)
    if (!ui) throw new Error(`nothing can be written in '${language}'`)
    const { words } = ui
    return { direction: lines.direction, line: events.line, date: events.date, side: events.side, tells: { event: words['alert-event'], denial: words['alert-denial'], wording: words['alert-wording'] }, before: words['before-word'], now: words['now-word'] }
  }
}

export const senderOf = (desk: Desk, settings: SendSettings): Send => createSend(settings, messageWords(desk))

/** Sends what is in the outbox until the signal; resolves when the last attempt has ended. */
export const deliverAlerts = (desk: Desk, settings: SendSettings, signal: AbortSignal): Promise<void> => keepDelivering(desk.record.store, { send: senderOf(desk, settings), signal, say: (line) => say(`readout: ${line}`) })
