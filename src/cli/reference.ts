/** Reference of the command line that the program writes of itself: commands and settings. */
import { readdirSync } from 'node:fs'
import { Command } from 'commander'
import type { Knowledge } from '../knowledge/index.ts'
import { codeVersion } from '../version.ts'
import { createManual, type Manual, type ManualPage } from '../web/docs/manual.ts'
import { SETTINGS, SETTINGS_FILE, variableOf } from './settings.ts'

const cell = (text: string): string => text.replace(/\|/gu, '\\|').replace(/\s+/gu, ' ')

function told(command: Command, path: string): string {
  let after = ''
  const name = `${path} ${command.name()}`.trim()
  const help = command.createHelp()
  command.configureOutput({ writeOut: (text) => { after += text } })
  command.outputHelp()
  const own = after.slice(after.indexOf(help.formatHelp(command, help)) + help.formatHelp(command, help).length).trim()
  const options = command.options.filter((option) => !option.hidden).map((option) => `| \`${option.flags}\` | ${cell(help.optionDescription(option))} |`)
  const subs = command.commands.map((sub) => told(sub, name))
  return `## ${name}\n\n${command.description()}.\n\n\`\`\`\nreadout ${name} ${command.usage()}\n\`\`\`\n\n${options.length === 0 ? '' : `| option | meaning |\n| --- | --- |\n${options.join('\n')}\n\n`}${own === '' ? '' : `\`\`\`\n${own}\n\`\`\`\n`}\n${subs.join('\n')}`
}

/** Every command with its options and examples. */
export const commandsPage = (commands: readonly Command[]): ManualPage => ({
  id: 'commands', part: 'Reference', file: null,
  source: `# Commands\n\nWritten from the program's own help. Exit codes: 0 fine, 1 failed, 2 wrong usage. \`NO_COLOR\` is heeded.\n\n${commands.map((command) => told(command, '')).join('\n')}`,
})

/** Every setting. */
export const settingsPage = (): ManualPage => ({
  id: 'settings', part: 'Reference', file: null,
  source: `# Settings\n\nA flag comes before the environment, the environment before \`${SETTINGS_FILE}\` (or the file that \`READOUT_CONFIG\` names). All are checked before a command begins.\n\n| in the file | in the environment | flag | form | unless said | meaning |\n| --- | --- | --- | --- | --- | --- |\n${SETTINGS.map((setting) => `| \`${setting.name}\` | \`${variableOf(setting)}\` | ${setting.flag ? `\`${setting.flag}\`` : ''} | ${cell(setting.form)}${setting.secret ? ' (secret)' : ''} | ${setting.preset ? `\`${setting.preset}\`` : ''} | ${cell(setting.about)} |`).join('\n')}\n`,
})

/** All commands, found by listing their folder. */
export async function allCommands(): Promise<Command[]> {
  const folder = new URL('./commands/', import.meta.url)
  const out: Command[] = []
  for (const name of readdirSync(folder).filter((file) => /^[a-z-]+\.[jt]s$/u.test(file)).sort()) {
    const module = (await import(new URL(name, folder).href)) as Readonly<Record<string, unknown>>
    out.push(...Object.values(module).filter((value): value is Command => value instanceof Command))
  }
  return out
}

/** The whole documentation. */
export const loadManual = async (knowledge: Knowledge): Promise<Manual> => createManual(knowledge, codeVersion(), [commandsPage(await allCommands()), settingsPage()])
