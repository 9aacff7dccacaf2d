/** `readout doctor`: whether this installation is whole. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { createReader } from '../../reader.ts'
import { openStore, storeStats } from '../../store/index.ts'
import { type PlaceFlags, placeOf, withPlace } from '../place.ts'
import { SETTINGS, SETTINGS_FILE, variableOf } from '../settings.ts'
import { print } from '../terminal.ts'

interface Finding { readonly what: string; readonly ok: boolean; readonly detail: string }

export const doctorCommand = withPlace(new Command('doctor'))
  .description('check that this installation is whole: settings, knowledge folders, every language, one reading, the record')
  .option('--json', 'print JSON')
  .addHelpText('after', '\nExamples:\n  readout doctor\n  readout doctor --store my-record')
  .action(async (flags: PlaceFlags & { json?: boolean }) => {
    const findings: Finding[] = [{ what: 'Node.js', ok: true, detail: process.versions.node }]
    const check = async (what: string, run: () => string | Promise<string>): Promise<void> => {
      try {
        findings.push({ what, ok: true, detail: await run() })
      } catch (error) {
        findings.push({ what, ok: false, detail: error instanceof Error ? error.message : String(error) })
      }
    }
    // They were checked when the program started.
    await check('settings', () => {
      const file = process.env['READOUT_CONFIG'] || SETTINGS_FILE
      const set = SETTINGS.filter((setting) => process.env[variableOf(setting)]).map((setting) => `${setting.name}${setting.secret ? '' : ` ${process.env[variableOf(setting)]}`}`)
      return `${existsSync(file) ? `from ${file} and the environment` : 'from the environment'}: ${set.length === 0 ? 'none set' : set.join(', ')}`
    })
    const reader = createReader()
    const { knowledge } = reader
    await check('gazetteer', () => `${knowledge.gazetteer.states.size} states, ${knowledge.gazetteer.people.size} people, ${knowledge.gazetteer.organisations.size} organisations, ${knowledge.gazetteer.groups.size} groups, ${knowledge.gazetteer.media.size} media, ${knowledge.gazetteer.places.size} places`)
    await check('ontology', () => `${Object.keys(knowledge.ontology.types).length} types, ${Object.keys(knowledge.ontology.concepts).length} concepts, ${knowledge.ontology.rules.length} rules`)
    for (const language of knowledge.languages) {
      await check(`language ${language}`, () => {
        const lexicon = knowledge.lexicon(language)
        knowledge.times(language)
        return `${lexicon?.roles ? 'reads events' : 'reads names, dates and figures only'}${knowledge.analyser(language) ? ', learned word analysis' : ''}${knowledge.templates(language) ? ', writes records' : ''}`
      })
    }
    await check('figures', () => {
      if (!existsSync(join(knowledge.root, 'docs', 'benchmarks.json'))) throw new Error('docs/benchmarks.json is missing: the quality page has no scores')
      return 'measured quality for the desk is there'
    })
    await check('one reading', async () => {
      const started = performance.now()
      const reading = await reader.read({ text: 'The presidents of France and Germany met in Paris on 5 March 2024.', language: knowledge.languages.includes('en') ? 'en' : null })
      if (reading.article.text === '') throw new Error('nothing was read out of a plain sentence')
      return `${Math.round(performance.now() - started)} ms`
    })
    await reader.close()
    await check('the record', () => recordState(flags))
    if (flags.json) await print(`${JSON.stringify({ findings }, null, 2)}\n`)
    else for (const finding of findings) await print(`${finding.ok ? 'ok  ' : 'BAD '} ${finding.what.padEnd(14)} ${finding.detail}\n`)
    if (findings.some((finding) => !finding.ok)) process.exitCode = 1
  })

/** What the record says of itself; none is made. */
async function recordState(flags: PlaceFlags): Promise<string> {
  const place = placeOf(flags)
  if (place.dir !== undefined && !existsSync(place.dir)) {
    // A folder that was named must be there.
    if (flags.store !== undefined || process.env['READOUT_STORE']) throw new Error(`there is none in '${place.dir}'; readout add makes one`)
    return `none in '${place.dir}' yet; readout add makes one`
  }
  const store = await openStore(place)
  try {
    const { engine, version, bytes, rows, openProblems, torn, migrations } = await storeStats(store)
    if (torn > 0) throw new Error(`${torn} articles are torn from their texts; restore a backup, or readout rebuild`)
    return `${engine} ${version}, ${migrations} migrations, ${rows['articles'] ?? 0} articles, ${rows['events'] ?? 0} events, ${Math.round(bytes / 1e6)} MB${openProblems > 0 ? `, ${openProblems} documents set aside (readout problems)` : ''}`
  } finally {
    await store.close()
  }
}
