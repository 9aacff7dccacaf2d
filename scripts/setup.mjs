/** Installs what is missing and, when asked, builds: plain Node, because nothing is installed before it has run. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(fileURLToPath(new URL('.', import.meta.url)), '..')

/** Runs a command in the project's folder with its output shown; ends this process with its exit code when it fails. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32', ...options })
  if (result.error) {
    console.error(`readout: cannot run ${command}: ${result.error.message}`)
    process.exit(1)
  }
  if (result.status !== 0) process.exit(result.status ?? 1)
}

/** Installs the packages of package.json unless the last installation is newer than it. */
export function install() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`readout: Node.js 20.19 or later is needed, this is ${process.versions.node}.`)
    process.exit(1)
  }
  const mark = join(root, 'node_modules', '.package-lock.json')
  const wanted = ['package.json', 'package-lock.json'].map((name) => join(root, name)).filter(existsSync)
  if (existsSync(mark) && wanted.every((file) => statSync(file).mtimeMs <= statSync(mark).mtimeMs + 1000)) return
  console.error('readout: installing packages (npm install) …')
  run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'])
}

/** Newest change below a folder, in milliseconds. */
function newest(folder) {
  let last = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    last = Math.max(last, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs)
  }
  return last
}

/** Compiles src/ to dist/ unless dist/ is newer. */
export function build() {
  const out = join(root, 'dist', 'cli', 'main.js')
  if (existsSync(out) && statSync(out).mtimeMs >= newest(join(root, 'src'))) return
  console.error('readout: building …')
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  run('npm', ['run', '--silent', 'build'])
}
