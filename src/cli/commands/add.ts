/** `readout add`: documents of every kind of source into the lasting record. */
import { Command, Option } from 'commander'
import { noteAdded, noteCommand } from '../../api/deeds.ts'
import { isMissing } from '../../ingest/document.ts'
import { enqueue, type FetchJob } from '../../ingest/enqueue.ts'
import { createFetcher } from '../../ingest/fetcher.ts'
import { SOURCE_ENDINGS, SOURCE_KINDS, type SourceKind } from '../../ingest/sniff.ts'
import { documentsOf, type SourceInput } from '../../ingest/sources.ts'
import { PACKAGE_ROOT } from '../../reader.ts'
import { noQueue, openQueue, putRun, putSource } from '../../store/index.ts'
import { codeVersion, knowledgeVersion } from '../../version.ts'
import { type Input, listInputs, readStandardInput } from '../inputs.ts'
import { duration, onRecord, onStore, placeOf, type PlaceFlags, stopSignal, ticker, withPlace } from '../place.ts'
import { print, say, UserError } from '../terminal.ts'

interface Flags extends PlaceFlags { as?: SourceKind; published?: string; language?: string; source?: string; workers?: string; fast?: boolean; json?: boolean; pause: string; robots: boolean; queue?: boolean }

/** Inputs the log names; a pattern may be many files. */
const MOST_NAMED = 20

async function inputOf(input: Input): Promise<SourceInput> {
  return input.kind === 'stdin' ? { kind: 'bytes', name: 'standard input', bytes: await readStandardInput() } : input
}

async function* inputsOf(inputs: readonly Input[]): AsyncGenerator<SourceInput> {
  for (const input of inputs) yield inputOf(input)
}

/** Pages are kept and queued to be read, addresses to be fetched; nothing is read here. */
async function queueInputs(inputs: readonly Input[], flags: Flags): Promise<void> {
  const place = placeOf(flags)
  if (place.url === undefined) throw new UserError(noQueue(place.dir).message)
  const hints = { ...(flags.published === undefined ? {} : { published: flags.published }), ...(flags.language === undefined ? {} : { language: flags.language }), ...(flags.source === undefined ? {} : { source: flags.source }) }
  const stop = stopSignal()
  const queue = await openQueue(place.url)
  try {
    await onStore(flags, async (store) => {
      if (flags.source !== undefined) await putSource(store.db, { id: flags.source, kind: 'named', name: flags.source, url: null, country: null, settings: {} })
      const run = await putRun(store.db, { code: codeVersion(), knowledge: knowledgeVersion(PACKAGE_ROOT) })
      const fetcher = createFetcher(store)
      const urls = inputs.flatMap((input) => (input.kind === 'url' ? [input.url] : []))
      const documents = async function* () {
        for await (const given of documentsOf(inputsOf(inputs.filter(({ kind }) => kind !== 'url')), { fetcher, ...(flags.as === undefined ? {} : { as: flags.as }) })) yield isMissing(given) ? given : { ...given, ...hints }
      }
      await queue.send('fetch', urls.map((url): FetchJob => ({ url, depth: 0, hints })))
      const { queued, known } = await enqueue(store, queue, run, documents(), { signal: stop.signal })
      await print(flags.json ? `${JSON.stringify({ queued, known, addresses: urls.length })}\n` : `${queued} documents and ${urls.length} addresses queued, ${known} known\n`)
    })
  } finally {
    await queue.close()
    stop.off()
  }
}

export const addCommand = withPlace(new Command('add'))
  .description('read documents and keep them in the record: pages, feeds, OPML, sitemaps, WARC, mbox, JSON Lines, GDELT lists')
  .argument('<input...>', 'files, folders, patterns, http(s) addresses, or - for standard input')
  .addOption(new Option('--as <kind>', 'what the inputs are, when they do not tell').choices([...SOURCE_KINDS]))
  .option('--published <date>', 'day of publication of all of them (EDTF: 2024-02-08, 2024-02, 2024); overrides the pages')
  .option('--language <code>', 'language of all of them (ISO 639-1)')
  .option('--source <name>', 'keep them as of this source')
  .option('--fast', 'one extractor instead of two for HTML pages')
  .option('--workers <n>', 'threads to read on; as many as there are processors when left out')
  .option('--queue', 'only queue them, in a PostgreSQL database; readout worker reads them')
  .option('--pause <seconds>', 'least time between two requests to one host', '1')
  .option('--no-robots', 'do not ask robots.txt: for your own sites only')
  .option('--json', 'print what was done as JSON')
  .addHelpText('after', `
The same document again changes nothing; stop it with Ctrl-C and run it again, and it goes on where it was.
What cannot be read is set aside with its reason: readout problems

Examples:
  readout add pages/ crawl.warc.gz newsletter.mbox
  readout add https://example.org/news/1.html https://example.org/feed.xml
  readout add articles.jsonl --store my-record
  readout add 20240208120000.gkg.csv.zip --db postgres://localhost/readout`)
  .action(async (names: string[], flags: Flags) => {
    if (flags.published !== undefined && !/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/u.test(flags.published)) throw new UserError(`--published takes a day, month or year such as 2024-02-08, not '${flags.published}'`)
    const pause = Number(flags.pause)
    if (!(pause >= 0 && pause <= 3600)) throw new UserError(`--pause takes seconds from 0 to 3600, not '${flags.pause}'`)
    const inputs = await listInputs(names, SOURCE_ENDINGS)
    if (flags.queue) {
      await queueInputs(inputs, flags)
      return
    }
    const start = performance.now()
    const sum = await onRecord(flags, async (record) => {
      if (flags.source !== undefined) await putSource(record.store.db, { id: flags.source, kind: 'named', name: flags.source, url: null, country: null, settings: {} })
      const fetcher = createFetcher(record.store, { pauseMs: pause * 1000, freshMs: 3600_000, ignoreRobots: !flags.robots })
      let unchanged = 0
      const single = inputs.every((input) => input.kind === 'file' && /\.(?:html?|xhtml|txt|md|json|eml)$/iu.test(input.path))
      const bar = ticker('added', () => (single ? inputs.length : null))
      const stop = stopSignal()
      try {
        const documents = documentsOf(inputsOf(inputs), { fetcher, ...(flags.as === undefined ? {} : { as: flags.as }), unchanged: () => { unchanged++ } })
        const done = await record.add(documents, {
          job: { kind: 'add', spec: names, total: single ? inputs.length : null }, signal: stop.signal, after: noteAdded(noteCommand, names.length === 1 ? (names[0] ?? null) : null, names.length === 1 ? {} : { inputs: names.slice(0, MOST_NAMED) }),
          progress: ({ done, failed, known }) => bar.tick(done, `${known > 0 ? `, ${known} known` : ''}${failed > 0 ? `, ${failed} set aside` : ''}`),
          ...(flags.published === undefined ? {} : { published: flags.published }), ...(flags.language === undefined ? {} : { language: flags.language }), ...(flags.source === undefined ? {} : { source: flags.source }),
        })
        return { ...done, unchanged }
      } finally {
        bar.stop()
        stop.off()
      }
    })
    const seconds = (performance.now() - start) / 1000
    const { articles, ...counts } = sum
    if (flags.json) await print(`${JSON.stringify({ ...counts, articles, seconds: Math.round(seconds * 10) / 10 })}\n`)
    else {
      const parts = [`${sum.added} added`, `${sum.known + sum.unchanged} known`, ...(sum.versions > 0 ? [`${sum.versions} new versions`] : []), ...(sum.copies > 0 ? [`${sum.copies} copies of texts in the record`] : []), ...(sum.failed > 0 ? [`${sum.failed} set aside (readout problems)`] : []), ...(sum.events > 0 ? [`${sum.events} events made or changed`] : [])]
      await print(`${parts.join(', ')} in ${duration(seconds)}\n`)
    }
    if (sum.unjoined !== null) say(`readout: what was added is kept, but could not be joined into events (${sum.unjoined}); the next readout add or rebuild does it`)
    if (sum.stopped) say('readout: stopped; run the same command again to go on')
    if (sum.failed > 0 && sum.added + sum.known + sum.unchanged === 0) process.exitCode = 1
  })
