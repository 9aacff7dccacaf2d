/** `readout doctor`: whether this installation is whole. */
import { Command } from 'commander'
import { createReader } from '../../reader.ts'
import { print } from '../terminal.ts'

interface Finding { readonly what: string; readonly ok: boolean; readonly detail: string }

export const doctorCommand = new Command('doctor')
  .description('check that this installation is whole: knowledge folders, every language, one reading')
  .option('--json', 'print JSON')
  .addHelpText('after', '\nExample:\n  readout doctor')
  .action(async (flags: { json?: boolean }) => {
    const findings: Finding[] = [{ what: 'Node.js', ok: true, detail: process.versions.node }]
    const check = (what: string, run: () => string): void => {
      try {
        findings.push({ what, ok: true, detail: run() })
      } catch (error) {
        findings.push({ what, ok: false, detail: error instanceof Error ? error.message : String(error) })
      }
    }
    const reader = createReader()
    const { knowledge } = reader
    check('gazetteer', () => `${knowledge.gazetteer.states.size} states, ${knowledge.gazetteer.people.size} people, ${knowledge.gazetteer.organisations.size} organisations, ${knowledge.gazetteer.groups.size} groups, ${knowledge.gazetteer.media.size} media, ${knowledge.gazetteer.places.size} places`)
    check('ontology', () => `${Object.keys(knowledge.ontology.types).length} types, ${Object.keys(knowledge.ontology.concepts).length} concepts, ${knowledge.ontology.rules.length} rules`)
    for (const language of knowledge.languages) {
      check(`language ${language}`, () => {
        const lexicon = knowledge.lexicon(language)
        knowledge.times(language)
        return `${lexicon?.roles ? 'reads events' : 'reads names, dates and figures only'}${knowledge.analyser(language) ? ', learned word analysis' : ''}${knowledge.templates(language) ? ', writes records' : ''}`
      })
    }
    const started = performance.now()
    const reading = await reader.read({ text: 'The presidents of France and Germany met in Paris on 5 March 2024.', language: knowledge.languages.includes('en') ? 'en' : null })
    findings.push({ what: 'one reading', ok: reading.article.text !== '', detail: `${Math.round(performance.now() - started)} ms` })
    await reader.close()
    if (flags.json) await print(`${JSON.stringify({ findings }, null, 2)}\n`)
    else for (const finding of findings) await print(`${finding.ok ? 'ok  ' : 'BAD '} ${finding.what.padEnd(14)} ${finding.detail}\n`)
    if (findings.some((finding) => !finding.ok)) process.exitCode = 1
  })
