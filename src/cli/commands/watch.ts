/** `readout watch`: keeps feeds and sitemaps up to date. */
import { Command } from 'commander'
import { noteAdded, noteCommand } from '../../api/deeds.ts'
import { createDesk } from '../../api/desk.ts'
import { unsubscribe, watchFeed } from '../../api/watched.ts'
import { createFetcher } from '../../ingest/fetcher.ts'
import { fileBytes, headOf } from '../../ingest/files.ts'
import { readList, webAddress } from '../../ingest/lists.ts'
import { sniffKind } from '../../ingest/sniff.ts'
import { decodeText } from '../../ingest/text.ts'
import { watch, watchOnce } from '../../ingest/watch.ts'
import { listFeeds, type Store } from '../../store/index.ts'
import { alertSettings, deliverAlerts } from '../alerts.ts'
import { listInputs } from '../inputs.ts'
import { onRecord, onStore, type PlaceFlags, stopSignal, withPlace } from '../place.ts'
import { print, say, UserError } from '../terminal.ts'

interface Flags extends PlaceFlags { every: string; revisit: string; pause: string; once?: boolean; list?: boolean; remove?: string; robots: boolean; workers?: string; fast?: boolean; json?: boolean }

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

function secondsOf(flag: string, value: string, least: number): number {
  const match = /^(\d+(?:\.\d+)?)\s*([smhd])?$/u.exec(value)
  const seconds = match ? Number(match[1]) * (UNITS[match[2] ?? 's'] ?? 1) : Number.NaN
  if (!(seconds >= least)) throw new UserError(`${flag} takes a time such as 15m, 2h or 1d (at least ${least} s), not '${value}'`)
  return seconds
}

/** The feeds named: addresses, and those in OPML files. */
async function feedsNamed(names: readonly string[]): Promise<string[]> {
  const out: string[] = []
  for (const input of names.length === 0 ? [] : await listInputs(names, ['opml', 'xml'])) {
    if (input.kind === 'url') {
      const url = webAddress(input.url, null)
      if (url === null) throw new UserError(`'${input.url}' is not an address`)
      out.push(url)
      continue
    }
    if (input.kind === 'stdin') throw new UserError('watch takes addresses and OPML files')
    const bytes = await fileBytes(input.path)
    if (sniffKind(headOf(bytes), input.path) !== 'opml') throw new UserError(`'${input.path}' is no OPML file; name the address of a feed, or an OPML file of them`)
    out.push(...(await readList('opml', decodeText(bytes), null)).lists)
  }
  return [...new Set(out)]
}

async function showFeeds(store: Store, json: boolean): Promise<void> {
  const feeds = await listFeeds(store.db)
  if (json) await print(`${JSON.stringify({ feeds }, null, 2)}\n`)
  else if (feeds.length === 0) await print('no feed is watched\n')
  else for (const feed of feeds) await print(`${feed.url}  ${feed.paused ? 'paused' : `next ${feed.nextDue}`}${feed.lastError === null ? '' : `  ${feed.lastError} (${feed.failures} times)`}\n`)
}

export const watchCommand = withPlace(new Command('watch'))
  .description('keep feeds and sitemaps up to date: what is new is fetched politely, read and kept')
  .argument('[feeds...]', 'addresses of feeds or sitemaps, or OPML files of them, to be watched from now on')
  .option('--every <time>', 'how often the feeds named are looked at', '15m')
  .option('--revisit <time>', 'when a page is looked at once more for corrections; 0 for never', '1d')
  .option('--pause <time>', 'least time between two requests to one host', '1s')
  .option('--once', 'do what is due now and end')
  .option('--list', 'list the feeds that are watched')
  .option('--remove <address>', 'watch a feed no more; what was read stays')
  .option('--no-robots', 'do not ask robots.txt: for your own sites only')
  .option('--fast', 'one extractor instead of two for HTML pages')
  .option('--workers <n>', 'threads to read on')
  .option('--json', 'print JSON')
  .addHelpText('after', `
Where it got to, what failed and when to come back is kept in the record: stop it and start it as you like.

Examples:
  readout watch https://example.org/feed.xml --every 10m
  readout watch feeds.opml --once
  readout watch --list`)
  .action(async (names: string[], flags: Flags) => {
    const every = secondsOf('--every', flags.every, 30)
    const revisitSeconds = secondsOf('--revisit', flags.revisit, 0)
    const pauseMs = secondsOf('--pause', flags.pause, 0) * 1000
    const remove = flags.remove
    if (remove !== undefined || flags.list) {
      await onStore(flags, async (store) => {
        if (remove !== undefined && !(await unsubscribe(store, remove, noteCommand))) throw new UserError(`'${remove}' is not watched (readout watch --list)`)
        if (flags.list) await showFeeds(store, flags.json === true)
      })
      return
    }
    const feeds = await feedsNamed(names)
    const alerts = alertSettings()
    const stop = stopSignal()
    try {
      await onRecord(flags, async (record) => {
        for (const url of feeds) await watchFeed(record.store, url, every, noteCommand)
        if ((await listFeeds(record.store.db)).length === 0) throw new UserError('no feed is watched yet; name one: readout watch https://example.org/feed.xml')
        const fetcher = createFetcher(record.store, { pauseMs, ignoreRobots: !flags.robots })
        const options = { fetcher, revisitSeconds, signal: stop.signal, say, add: (documents: Parameters<typeof record.add>[0]) => record.add(documents, { after: noteAdded(noteCommand, null, { through: 'watch' }) }) }
        if (flags.once) {
          const round = await watchOnce(record.store, options)
          await print(flags.json ? `${JSON.stringify(round)}\n` : `${round.feeds} feeds, ${round.found} new addresses, ${round.added} articles added, ${round.failed} set aside\n`)
          return
        }
        const delivering = deliverAlerts(createDesk(record), alerts, stop.signal)
        await watch(record.store, options, (round) => {
          if (round.added + round.failed > 0) say(`${new Date().toISOString().slice(0, 19)}Z ${round.added} articles added, ${round.failed} set aside`)
        })
        await delivering
      })
    } finally {
      stop.off()
    }
  })
