/** `readout worker`: takes its share of what is queued: addresses to fetch, pages to read, articles to join. */
import { Command } from 'commander'
import { noteAdded, noteCommand } from '../../api/deeds.ts'
import { noQueue, openQueue, QUEUES, type QueueName } from '../../store/index.ts'
import { work } from '../../worker.ts'
import { onRecord, placeOf, type PlaceFlags, stopSignal, ticker, wholeNumber, withPlace } from '../place.ts'
import { print, say, UserError } from '../terminal.ts'

interface Flags extends PlaceFlags { workers?: string; fast?: boolean; jobs?: string; drain?: boolean; status?: boolean; giveBack: string; pause: string; robots: boolean; json?: boolean }

const WORK: readonly QueueName[] = ['fetch', 'read', 'join']

export const workerCommand = withPlace(new Command('worker'))
  .description('fetch, read and join what readout add --queue has queued in a PostgreSQL database, beside any number of other workers')
  .option('--jobs <kinds>', `kinds of jobs to take, with commas: ${WORK.join(', ')}; all when left out`)
  .option('--drain', 'end when nothing is left to do')
  .option('--status', 'print what waits and what is under way, and end')
  .option('--give-back <seconds>', 'after so long a job that is not done is given to another worker', '300')
  .option('--workers <n>', 'threads to read on; as many as there are processors when left out')
  .option('--fast', 'one extractor instead of two for HTML pages')
  .option('--pause <seconds>', 'least time between two requests to one host, of all workers together', '1')
  .option('--no-robots', 'do not ask robots.txt: for your own sites only')
  .option('--json', 'print what was done as JSON')
  .addHelpText('after', `
Stop it with Ctrl-C: what is under way is finished first. One that is killed leaves nothing half done; its jobs are given to others.

Examples:
  readout add --queue crawl.warc.gz https://example.org/feed.xml --db postgres://host/readout
  readout worker --db postgres://host/readout            # on each machine
  readout worker --jobs fetch --db postgres://host/readout
  readout worker --status --db postgres://host/readout`)
  .action(async (flags: Flags) => {
    const place = placeOf(flags)
    if (place.url === undefined) throw new UserError(noQueue(place.dir).message)
    const giveBackSeconds = wholeNumber('--give-back', flags.giveBack, 4, 86_000)
    const pause = Number(flags.pause)
    if (!(pause >= 0 && pause <= 3600)) throw new UserError(`--pause takes seconds from 0 to 3600, not '${flags.pause}'`)
    const jobs = flags.jobs?.split(',').map((name) => name.trim())
    const wrong = jobs?.find((name) => !WORK.includes(name as QueueName))
    if (wrong !== undefined) throw new UserError(`--jobs takes ${WORK.join(', ')}, not '${wrong}'`)
    const queue = await openQueue(place.url, { giveBackSeconds, supervise: flags.status !== true })
    try {
      if (flags.status) {
        const states = await queue.states()
        await print(flags.json ? `${JSON.stringify(Object.fromEntries(states.map(({ queue: name, waiting, active }) => [name, { waiting, active }])))}\n` : states.map(({ queue: name, waiting, active }) => `${name}: ${waiting} waiting, ${active} under way\n`).join(''))
        return
      }
      await onRecord(flags, async (record) => {
        const stop = stopSignal()
        const bar = ticker('added', () => null)
        try {
          const sum = await work(record, {
            queue, jobs: jobs === undefined ? QUEUES : (jobs as QueueName[]), drain: flags.drain === true, signal: stop.signal, pauseMs: pause * 1000, ignoreRobots: !flags.robots, after: noteAdded(noteCommand, null, { through: 'worker' }), say: (line) => say(`readout: ${line}`),
            progress: ({ added, fetched, joined, failed }) => bar.tick(added, `, ${fetched} fetched, ${joined} joined${failed > 0 ? `, ${failed} set aside` : ''}`),
          })
          await print(flags.json ? `${JSON.stringify(sum)}\n` : `${sum.fetched} fetched, ${sum.added} added, ${sum.known} known, ${sum.failed} set aside, ${sum.joined} joined\n`)
        } finally {
          bar.stop()
          stop.off()
        }
      })
    } finally {
      await queue.close()
    }
  })
