/** `npm start`: sets up, builds, and runs `readout try`: the bundled samples as a record, and the desk on it. Arguments go to it. */
import { build, install, root } from './setup.mjs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

install()
build()
const main = join(root, 'dist', 'cli', 'main.js')
// Where nobody looks on, the desk would only keep the caller waiting.
const more = process.env.CI ? ['--no-serve'] : process.stdout.isTTY ? ['--open'] : []
process.argv.splice(1, Infinity, main, 'try', ...more, ...process.argv.slice(2))
// In this process, so that Ctrl-C reaches the desk itself.
await import(pathToFileURL(main).href)
