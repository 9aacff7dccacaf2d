/** `readout try`: the bundled sample articles as a record, one of them printed, and the desk on all of them. */
import { join } from 'node:path'
import { Command } from 'commander'
import { nameDocument } from '../../ingest/keep.ts'
import { PACKAGE_ROOT } from '../../reader.ts'
import { getDocuments, getReading } from '../../store/index.ts'
import { type DeskFlags, deskSettings, serveDesk } from '../desk.ts'
import { listInputs, loadInput, nameOf } from '../inputs.ts'
import { onRecord, stopSignal, ticker } from '../place.ts'
import { recordWriter } from '../record.ts'
import { print, say } from '../terminal.ts'

interface Flags extends DeskFlags { store: string; serve: boolean }

const SAMPLES = join(PACKAGE_ROOT, 'examples', 'articles')
/** The sample that is printed: the one README.md shows. */
const SHOWN = join(SAMPLES, 'xi-hanoi-2023-12-12.vi.html')

export const tryCommand = new Command('try')
  .description('read the bundled sample articles into a record, print one, and open the desk on it')
  .option('--store <folder>', 'folder of that record', join('.readout', 'samples'))
  .option('--no-serve', 'do not open the desk')
  .option('--open', 'open the desk in the browser')
  .option('--port <number>', 'port of the desk; 0 takes a free one', '8017')
  .option('--host <name>', 'name or number of this machine to listen at', '127.0.0.1')
  .option('--lang <code>', 'language of the printed record, and of the desk where the browser asks for none there is', 'en')
  .addHelpText('after', '\nExample:\n  readout try --lang fr')
  .action(async (flags: Flags) => {
    const settings = deskSettings(flags)
    await onRecord({ store: flags.store }, async (record) => {
      const write = recordWriter(record.knowledge, flags.lang)
      const documents = await Promise.all((await listInputs([SAMPLES])).map(async (input) => {
        const { bytes, mediaType } = await loadInput(input)
        return { name: nameOf(input), bytes: bytes ?? new Uint8Array(), ...(mediaType ? { mediaType } : {}) }
      }))
      say(`readout: reading ${documents.length} sample articles into ${flags.store} …`)
      const bar = ticker('read', () => documents.length)
      const stop = stopSignal()
      const sum = await record.add(documents, { signal: stop.signal, progress: ({ done }) => bar.tick(done, '') }).finally(() => {
        bar.stop()
        stop.off()
      })
      if (sum.stopped) {
        say('readout: stopped; run it again to go on')
        process.exitCode = 130
        return
      }
      const shown = documents.filter(({ name }) => name === SHOWN).map((document) => nameDocument(document).id)
      for (const { article } of (await getDocuments(record.store.db, shown)).values()) {
        const reading = article === null ? null : await getReading(record.store.db, article)
        if (reading) await print(`\n${write(reading)}\n\n`)
      }
      if (flags.serve) await serveDesk(record, settings)
    })
  })
