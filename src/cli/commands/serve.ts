/** `readout serve`: the desk, in the browser. */
import { Command, Option } from 'commander'
import { type DeskFlags, deskSettings, serveDesk } from '../desk.ts'
import { onRecord, type PlaceFlags, withPlace } from '../place.ts'

interface Flags extends PlaceFlags, DeskFlags { workers?: string }

export const serveCommand = withPlace(new Command('serve'))
  .description('open the record as a desk in the browser, with its API')
  .addOption(new Option('--port <number>', 'port to listen at; 0 takes a free one').default('8017').env('READOUT_PORT'))
  .addOption(new Option('--host <name>', 'name or number of this machine to listen at').default('127.0.0.1').env('READOUT_HOST'))
  .option('--read-only', 'nothing can be added through it', process.env['READOUT_READ_ONLY'] === 'true')
  .option('--login', 'people must log in, on this machine too (as soon as there are accounts)')
  .option('--no-login', 'nobody logs in, though there are accounts; on this machine only')
  .addOption(new Option('--public <address>', 'address people open it by, such as https://readout.example; it answers to no other name, and its cookies keep to TLS').env('READOUT_DESK_URL'))
  .option('--proxied', 'a proxy of yours stands in front and writes X-Forwarded-For', process.env['READOUT_PROXIED'] === 'true')
  .addOption(new Option('--projects <folder>', 'folder of private projects (readout project), each under /projects/NAME/ for its members').env('READOUT_PROJECTS'))
  .option('--open', 'open it in the browser')
  .addOption(new Option('--lang <code>', 'language of the pages where the browser asks for none there is').default('en').env('READOUT_LANG'))
  .option('--workers <n>', 'threads to read on; as many as there are processors when left out')
  .addHelpText('after', `
Stop it with Ctrl-C: requests under way are ended first.
It answers this machine only, and whoever sits there may do everything. Elsewhere (--host 0.0.0.0, with TLS in front) people log in:
readout user add makes accounts; where there is none yet, READOUT_PASSWORD makes one called admin.

Examples:
  readout serve
  readout serve --store my-record --port 9000
  readout serve --host 0.0.0.0 --public https://readout.example --proxied
  readout serve --db postgres://localhost/readout --read-only`)
  .action(async (flags: Flags) => {
    const settings = deskSettings(flags)
    await onRecord(flags, (record) => serveDesk(record, settings))
  })
