/** Sending one message: to a webhook, signed, or to a mailbox. */
import { createHmac } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { FetchError, postBytes } from '../fetch.ts'
import { type AlertDelivery, letterOf, type MessageWords, webhookBody } from './message.ts'

/** Why a message was not taken. */
export class SendError extends Error {
  override readonly name = 'SendError'
  /** Trying again is of no use. */
  readonly final: boolean
  /** Seconds the other side asks to wait. */
  readonly waitSeconds: number | null
  constructor(message: string, { final = false, waitSeconds = null }: { readonly final?: boolean; readonly waitSeconds?: number | null } = {}) {
    super(message)
    this.final = final
    this.waitSeconds = waitSeconds
  }
}

export interface SendSettings {
  /** Address of the desk as people reach it, for links; none are set when null. */
  readonly desk: string | null
  /** Addresses outside the public internet that webhooks may be sent to. */
  readonly allow: readonly string[]
  /** Mail server, `smtp://user:password@host:port`; without one no mail is sent. */
  readonly smtp: string | null
  readonly from: string | null
}

export type Words = (language: string) => MessageWords
export type Send = (delivery: AlertDelivery, now: Date) => Promise<void>

const TIMEOUT_MS = 15_000
/** An address that can never be sent to. */
const FINAL = new Set<FetchError['code']>(['address', 'private'])
/** The receiver says that the place is gone. */
const GONE = 410

/** The signature of a body: over the time and the body, so that an old message cannot be sent again as a new one. */
export function signatureOf(secret: string, seconds: number, body: string): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`
}

async function toWebhook(delivery: AlertDelivery, words: MessageWords, { desk, allow }: SendSettings, now: Date): Promise<void> {
  const body = webhookBody(delivery, words, desk)
  const headers = { 'content-type': 'application/json', 'idempotency-key': delivery.id, 'readout-attempt': String(delivery.attempts), ...(delivery.secret === null ? {} : { 'readout-signature': signatureOf(delivery.secret, Math.floor(now.getTime() / 1000), body) }) }
  try {
    const { status, retryAfter } = await postBytes(delivery.target, body, { headers, allow, timeoutMs: TIMEOUT_MS })
    if (status >= 200 && status < 300) return
    const seconds = Number(retryAfter ?? Number.NaN)
    throw new SendError(`the webhook answered ${status}`, { final: status === GONE, waitSeconds: Number.isFinite(seconds) && seconds >= 0 ? seconds : null })
  } catch (error) {
    if (error instanceof FetchError) throw new SendError(error.message, { final: FINAL.has(error.code) })
    throw error
  }
}

async function toMailbox(delivery: AlertDelivery, words: MessageWords, { desk, smtp, from }: SendSettings): Promise<void> {
  if (smtp === null || from === null) throw new SendError('no mail server is set (READOUT_SMTP_URL and READOUT_MAIL_FROM)')
  const transport = createTransport({ url: smtp, connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS, disableFileAccess: true, disableUrlAccess: true })
  const domain = /@([^\s<>@]+)>?$/u.exec(from)?.[1] ?? 'readout.invalid'
  try {
    // The same message has the same id at every attempt: mailboxes that saw it drop it.
    await transport.sendMail({ from, to: delivery.target, messageId: `<${delivery.id}.readout@${domain}>`, date: new Date(delivery.createdAt), headers: { 'auto-submitted': 'auto-generated', 'x-readout-delivery': delivery.id }, ...letterOf(delivery, words, desk) })
  } catch (error) {
    const code = error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : null
    throw new SendError(`the mail server did not take it: ${(error instanceof Error ? error.message : String(error)).replace(/\s+/gu, ' ').slice(0, 300)}`, { final: code === 550 || code === 553 })
  } finally {
    transport.close()
  }
}

/** Makes the function that sends a message. It throws SendError when the other side did not take it. */
export function createSend(settings: SendSettings, words: Words): Send {
  return (delivery, now) => (delivery.channel === 'webhook' ? toWebhook(delivery, words(delivery.language), settings, now) : toMailbox(delivery, words(delivery.language), settings))
}
