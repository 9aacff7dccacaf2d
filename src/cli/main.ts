#!/usr/bin/env node
/** The command line. Commands are loaded when they are called, so that each starts fast. */
import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { Command, CommanderError } from 'commander'
import { loadSettings } from './settings.ts'
import { UserError } from './terminal.ts'

/** Name of a command -> its module and the name it is exported by. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  try: async () => (await import('./commands/try.ts')).tryCommand,
  read: async () => (await import('./commands/read.ts')).readCommand,
  explain: async () => (await import('./commands/explain.ts')).explainCommand,
  code: async () => (await import('./commands/code.ts')).codeCommand,
  chronology: async () => (await import('./commands/chronology.ts')).chronologyCommand,
  compare: async () => (await import('./commands/compare.ts')).compareCommand,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  import: async () => (await import('./commands/import.ts')).importCommand,
  agreement: async () => (await import('./commands/agreement.ts')).agreementCommand,
  add: async () => (await import('./commands/add.ts')).addCommand,
  worker: async () => (await import('./commands/worker.ts')).workerCommand,
  watch: async () => (await import('./commands/watch.ts')).watchCommand,
  serve: async () => (await import('./commands/serve.ts')).serveCommand,
  mcp: async () => (await import('./commands/mcp.ts')).mcpCommand,
  alerts: async () => (await import('./commands/alerts.ts')).alertsCommand,
  problems: async () => (await import('./commands/problems.ts')).problemsCommand,
  review: async () => (await import('./commands/review.ts')).reviewCommand,
  user: async () => (await import('./commands/user.ts')).userCommand,
  project: async () => (await import('./commands/project.ts')).projectCommand,
  key: async () => (await import('./commands/key.ts')).keyCommand,
  audit: async () => (await import('./commands/audit.ts')).auditCommand,
  rebuild: async () => (await import('./commands/rebuild.ts')).rebuildCommand,
  backup: async () => (await import('./commands/backup.ts')).backupCommand,
  restore: async () => (await import('./commands/restore.ts')).restoreCommand,
  migrate: async () => (await import('./commands/migrate.ts')).migrateCommand,
  languages: async () => (await import('./commands/languages.ts')).languagesCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
  docs: async () => (await import('./commands/docs.ts')).docsCommand,
}

const USAGE_ERROR = 2

/*
 * How much code runs between two looks at what is worth compiling anew. Reading is many functions, each warm for a while before it has seen all kinds
 * of sentences: at the engine's own figure (a third of this) they were compiled, thrown away and compiled again, for a quarter of the processor time of the first two thousand (5.1 s without, 3.8 s with; measured alone).
 */
setFlagsFromString('--interrupt-budget=200000')

async function main(args: readonly string[]): Promise<void> {
  const program = new Command('readout')
  program.description('Turns the world\'s press, in whatever language, into a sourced record of what states say and do to each other.')
    .version(version()).showHelpAfterError('(readout --help lists the commands, readout COMMAND --help explains one)').exitOverride()
  const wanted = args.find((arg) => !arg.startsWith('-'))
  const load = wanted === undefined ? undefined : COMMANDS[wanted]
  if (load) program.addCommand((await load()).exitOverride())
  else for (const make of Object.values(COMMANDS)) program.addCommand((await make()).exitOverride())
  await program.parseAsync([...args], { from: 'user' })
}

function version(): string {
  const file = new URL('../../package.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

try {
  loadSettings(process.env)
  await main(process.argv.slice(2))
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : USAGE_ERROR
  else if (error instanceof UserError) {
    process.stderr.write(`readout: ${error.message}\n`)
    process.exitCode = USAGE_ERROR
  } else {
    process.stderr.write(`readout: ${error instanceof Error ? error.message : String(error)}\n`)
    if (process.env['READOUT_DEBUG']) process.stderr.write(`${error instanceof Error ? error.stack : ''}\n`)
    process.exitCode = 1
  }
}
