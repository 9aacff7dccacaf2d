/** `readout alerts`: saved searches, who is told of what is new in them, and what became of it. */
import { Command, Option } from 'commander'
import { deliverDue } from '../../alerts/deliver.ts'
import type { DeliveryBody } from '../../alerts/evaluate.ts'
import { noteCommand } from '../../api/deeds.ts'
import { createDesk, type Desk } from '../../api/desk.ts'
import { forgetAlert, forgetSearch, loadAlerts, retryAlerts, type Saved, sampleEvent, saveView } from '../../api/saved.ts'
import { HttpProblem } from '../../api/app.ts'
import { FetchError } from '../../fetch.ts'
import { CHANNELS, listAlerts, TELLS } from '../../store/index.ts'
import { alertSettings, senderOf } from '../alerts.ts'
import { onRecord, type PlaceFlags, withPlace } from '../place.ts'
import { print, UserError } from '../terminal.ts'

interface Flags extends PlaceFlags { save?: string; view?: string; tell?: string[]; by?: string; to?: string; channel?: string; lang: string; anyAge?: boolean; test?: string; send?: boolean; retry?: boolean; remove?: string; json?: boolean }

/** A mistake in what was asked is the user's. */
async function asked<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof HttpProblem || error instanceof FetchError) throw new UserError(error.message)
    throw error
  }
}

async function show(desk: Desk, json: boolean): Promise<void> {
  const answer = await loadAlerts(desk)
  if (json) {
    await print(`${JSON.stringify(answer, null, 2)}\n`)
    return
  }
  const { searches } = answer
  if (searches.length === 0) await print('no search is saved\n')
  for (const { name, path, alerts: own } of searches) {
    await print(`${name}  ${path}\n`)
    for (const alert of own) await print(`  ${alert.id}  ${alert.tells.join(', ')}${alert.by === null ? '' : ` by ${alert.by}`} → ${alert.channel} ${alert.target}  ${alert.sent} sent, ${alert.waiting} waiting, ${alert.failed} given up${alert.lastError === null ? '' : `  (${alert.lastError})`}\n`)
  }
}

/** Sends what an alert would say of the newest event it finds; the outbox knows nothing of it. */
async function test(desk: Desk, id: string): Promise<void> {
  const alert = (await listAlerts<Saved>(desk.db)).find((one) => one.id === id)
  if (!alert) throw new UserError(`there is no alert '${id}' (readout alerts lists them)`)
  const event = await sampleEvent(desk, alert.query)
  if (event === null) throw new UserError('nothing on record fits its search yet, so there is nothing to send')
  const body: DeliveryBody = { event: { ...event, members: event.members.slice(0, 8) } }
  await senderOf(desk, alertSettings())({ id: `test-${alert.id}`, alert: alert.id, name: alert.name, tells: 'event', channel: alert.channel, target: alert.target, secret: alert.secret, language: alert.language, body, createdAt: new Date().toISOString(), attempts: 1 }, new Date())
  await print(`sent to ${alert.target}\n`)
}

export const alertsCommand = withPlace(new Command('alerts'))
  .description('saved searches, and who is told when something new fits them')
  .option('--save <name>', 'keep a search under this name (with --view)')
  .option('--view <path>', 'address of the view on the desk, such as /relations/CHN-RUS?types=CONSULT')
  .option('--to <target>', 'tell this mailbox or this webhook')
  .addOption(new Option('--channel <kind>', 'what the target is, when it does not tell').choices([...CHANNELS]))
  .addOption(new Option('--tell <kinds...>', 'what of').choices([...TELLS]).default(['event']))
  .option('--by <party>', 'only when this state, body or person is the one who does, denies or words it')
  .option('--any-age', 'articles older than 30 days too')
  .addOption(new Option('--lang <code>', 'language of the messages').default('en').env('READOUT_LANG'))
  .option('--test <alert>', 'send a sample now')
  .option('--send', 'send what is waiting, and end')
  .option('--retry', 'try again what was given up')
  .option('--remove <name>', 'forget a saved search with its alerts, or one alert by its id')
  .option('--json', 'print JSON')
  .addHelpText('after', `
Messages are sent by readout serve and readout watch while they run. docs/alerts.md tells of the signature of webhooks and the settings.

Examples:
  readout alerts
  readout alerts --save "Beijing and Moscow speak" --view "/relations/CHN-RUS?types=CONSULT" --to desk@example.org
  readout alerts --save "Tehran denies" --view /relations/IRN --tell denial --by IRN --to https://example.org/hook
  readout alerts --test 0a1b2c3d4e5f60`)
  .action(async (flags: Flags) => {
    const settings = alertSettings()
    if ((flags.save === undefined) !== (flags.view === undefined)) throw new UserError('--save and --view belong together')
    if (flags.to !== undefined && flags.save === undefined) throw new UserError('--to belongs to --save')
    await onRecord({ ...flags, workers: '1' }, async (record) => {
      const desk = createDesk(record, flags.lang)
      const { save, view, to, remove } = flags
      if (save !== undefined && view !== undefined) {
        const alert = to === undefined ? undefined : { tells: flags.tell ?? ['event'], channel: flags.channel, target: to, language: flags.lang, anyAge: flags.anyAge === true, ...(flags.by === undefined ? {} : { by: flags.by }) }
        const done = await asked(saveView(desk, { name: save, path: view, ...(alert ? { alert } : {}) }, settings.allow, noteCommand))
        await print(flags.json ? `${JSON.stringify(done)}\n` : `saved${done.alert === null ? '' : `; alert ${done.alert}`}${done.secret === null ? '' : `\nkey of its signatures, shown only now: ${done.secret}`}\n`)
        return
      }
      if (remove !== undefined) {
        if (!(await forgetSearch(desk, remove, noteCommand)) && !(await forgetAlert(desk, remove, noteCommand))) throw new UserError(`there is no search and no alert '${remove}' (readout alerts lists them)`)
        return
      }
      if (flags.test !== undefined) {
        await asked(test(desk, flags.test))
        return
      }
      if (flags.retry) await print(`${await retryAlerts(desk, noteCommand)} to be tried again\n`)
      if (flags.send) {
        const { sent, failed } = await deliverDue(record.store, { send: senderOf(desk, settings) })
        await print(`${sent} sent, ${failed} not taken\n`)
        if (failed > 0) process.exitCode = 1
      }
      if (!flags.retry && !flags.send) await show(desk, flags.json === true)
    })
  })
