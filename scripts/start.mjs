/** `npm start`: sets up, builds, reads the bundled sample articles and shows where to look. */
import { build, install, root, run } from './setup.mjs'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

install()
build()
const folder = join(root, 'examples', 'articles')
const files = readdirSync(folder).filter((name) => /\.(?:html|txt)$/u.test(name)).sort()
console.log(`\nReading ${files.length} sample articles from examples/articles:\n`)
run(process.execPath, [join(root, 'dist', 'cli', 'main.js'), 'read', ...files.map((name) => join('examples', 'articles', name))])
console.log(`
Where to look next
  node dist/cli/main.js read FILE|URL           the record of an article, each line with its quote
  node dist/cli/main.js read FILE --json        the same as data (docs/record.md says what each field means)
  node dist/cli/main.js explain FILE            why each thing was found, and why a sentence gave nothing
  node dist/cli/main.js languages               what can be read
  docs/benchmarks.md                            how good it is, with the figures to compare it with`)
