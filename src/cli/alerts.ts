/** What the sending of alerts needs from outside: the settings, and the words of messages. */
import { keepDelivering } from '../alerts/deliver.ts'
import { createSend, type Send, type SendSettings, type Words } from '../alerts/send.ts'
import type { Desk } from '../api/desk.ts'
import { loadInterfaces } from '../web/interface.ts'
import { say, UserError } from './terminal.ts'

/** The settings of alerts; each was checked when the program began. Throws UserError where one wants another. */
export function alertSettings(env: NodeJS.ProcessEnv = process.env): SendSettings {
  const [smtp, from, desk] = [env['READOUT_SMTP_URL'] || null, env['READOUT_MAIL_FROM'] || null, env['READOUT_DESK_URL'] || null]
  if (smtp !== null && from === null) throw new UserError('READOUT_SMTP_URL is set; set READOUT_MAIL_FROM too, the address letters come from')
  const allow = (env['READOUT_WEBHOOK_ALLOW'] ?? '').split(',').map((part) => part.trim()).filter((part) => part !== '')
  return { smtp, from, allow, desk }
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
