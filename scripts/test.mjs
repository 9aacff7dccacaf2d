/** `npm test`: sets up, then runs all tests; arguments go to the test runner. */
import { build, install, root, run } from './setup.mjs'
import { join } from 'node:path'

install()
build()
run(process.execPath, [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...process.argv.slice(2)])
