/** `readout languages`: which languages can be read and written, and how far. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { loadLanguage } from '../../knowledge/language.ts'
import { loadWordings } from '../../knowledge/wordings.ts'
import { createReader } from '../../reader.ts'
import { print } from '../terminal.ts'

export const languagesCommand = new Command('languages')
  .description('list the languages that can be read, with what is known of each')
  .option('--json', 'print JSON')
  .addHelpText('after', '\nExample:\n  readout languages --json')
  .action(async (flags: { json?: boolean }) => {
    const { knowledge } = createReader()
    const concepts = Object.keys(knowledge.ontology.concepts)
    const list = knowledge.languages.map((code) => {
      const folder = knowledge.folder(code)
      const wordings = loadWordings(folder, (concept) => knowledge.ontology.concepts[concept] !== undefined)
      const worded = new Set(wordings.map((wording) => wording.concept))
      const names = join(folder, 'names')
      return {
        code, name: loadLanguage(folder).settings.name, concepts: worded.size, of: concepts.length, wordings: wordings.length,
        nameTables: existsSync(names) ? readdirSync(names).length : 0, templates: knowledge.templates(code) !== null, learned: existsSync(join(folder, 'parser.bin.gz')),
      }
    })
    if (flags.json) {
      await print(`${JSON.stringify({ languages: list }, null, 2)}\n`)
      return
    }
    for (const row of list) {
      await print(`${row.code}  ${row.name.padEnd(11)} ${String(row.concepts).padStart(3)} of ${row.of} concepts in ${String(row.wordings).padStart(5)} wordings${row.learned ? ', learned word analysis' : ''}${row.templates ? ', record lines' : ''}\n`)
    }
  })
