/** `npm run bench:quality`: all quality figures on the development sets, printed and written to docs/benchmarks.md and docs/benchmarks.json. `--quick` takes samples; a name measures one part only. */
import { haveBench } from './data.ts'
import { writeFigures, writeSection } from './report.ts'
import { markdown, type Row } from './table.ts'

/** Parts in the order they are printed. `most` limits how much of a set is taken, 0 for all. */
const PARTS: readonly { readonly name: string; readonly title: string; readonly run: (quick: boolean) => Promise<Row[]>; /** Left out of quick runs. */ readonly slow?: true }[] = [
  { name: 'relation', title: 'Relation of two given spans (English)', run: async (quick) => (await import('./tasks/relation.ts')).measureRelation(quick) },
  { name: 'events', title: 'Events end to end', run: async () => (await import('./tasks/events.ts')).measureEvents() },
  { name: 'readouts', title: 'Official readouts', run: async (quick) => (await import('./tasks/readouts.ts')).measureReadouts(quick ? 60 : 0) },
  { name: 'detect', title: 'Arabic detection', run: async () => (await import('./tasks/classes.ts')).measureArabicDetection() },
  { name: 'parallel', title: 'Same story, two languages', run: async (quick) => (await import('./tasks/parallel.ts')).measureParallel(quick ? 12 : 0) },
  { name: 'quiet', title: 'Stories that are not political', run: async () => (await import('./tasks/parallel.ts')).measureQuiet() },
  { name: 'class', title: 'Sentence classes', run: async () => (await import('./tasks/classes.ts')).measureCameoClass() },
  { name: 'un', title: 'United Nations sentences in six languages', run: async (quick) => (await import('./tasks/classes.ts')).measureUnQuad(quick ? 60 : 0) },
  { name: 'belief', title: 'Confidence', slow: true, run: async () => (await import('./tasks/belief.ts')).measureBelief() },
  { name: 'actors', title: 'Actors and names', run: async () => { const actors = await import('./tasks/actors.ts'); return [...(await actors.measureActors()), ...actors.measureNames()] } },
  { name: 'pages', title: 'Pages to articles', run: async (quick) => (await import('./tasks/pages.ts')).measurePages(quick) },
  { name: 'joining', title: 'Joining reports into events', run: async (quick) => (await import('./tasks/joining.ts')).measureJoining(quick) },
]

const args = process.argv.slice(2)
const quick = args.includes('--quick')
const wanted = args.filter((arg) => !arg.startsWith('--'))
if (haveBench('bench:quality')) {
  // Quick runs use the committed weights; the figures that are written down come from weights that never saw the text.
  if (!quick) (await import('./coder.ts')).crossValidated()
  const sections: string[] = []
  const figures: { readonly name: string; readonly title: string; readonly rows: readonly Row[] }[] = []
  for (const part of PARTS) {
    if (wanted.length > 0 ? !wanted.includes(part.name) : quick && part.slow) continue
    const rows = await part.run(quick)
    const section = `### ${part.title}\n\n${markdown(rows)}\n`
    console.log(section)
    sections.push(section)
    figures.push({ name: part.name, title: part.title, rows })
  }
  if (!quick && wanted.length === 0) {
    writeSection('quality', sections.join('\n'))
    writeFigures(figures)
  }
}
