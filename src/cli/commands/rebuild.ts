/** `readout rebuild`: everything read again with today's knowledge, and what changed by it. */
import { Command } from 'commander'
import { noteCommand } from '../../api/deeds.ts'
import { type ArticleChange, rebuild, type ReportBrief } from '../../rebuild.ts'
import { onRecord, type PlaceFlags, stopSignal, ticker, wholeNumber, withPlace } from '../place.ts'
import { paint, print, say } from '../terminal.ts'

interface Flags extends PlaceFlags { all?: boolean; workers?: string; fast?: boolean; json?: boolean; show: string }

const lineOf = (sign: string, { type, actors, recipients, date, status, quote }: ReportBrief): string => `  ${sign} ${type}${status === 'occurred' ? '' : ` (${status})`} ${actors.join(', ') || '?'} > ${recipients.join(', ') || '?'}${date === null ? '' : `, ${date}`}${quote === '' ? '' : ` ${paint.dim(`"${quote.replaceAll('\n', ' ').slice(0, 100)}"`)}`}`

export const rebuildCommand = withPlace(new Command('rebuild'))
  .description('read everything again from the kept pages with today\'s knowledge; judgements by people stay; prints what changed')
  .option('--all', 'all documents, not only those read by other code or knowledge')
  .option('--show <n>', 'articles whose changes are printed', '20')
  .option('--fast', 'one extractor instead of two for HTML pages')
  .option('--workers <n>', 'threads to read on')
  .option('--json', 'print the summary and all changes as JSON')
  .addHelpText('after', `
Examples:
  readout rebuild
  readout rebuild --all --json > changes.json`)
  .action(async (flags: Flags) => {
    const show = wholeNumber('--show', flags.show, 0, 1_000_000)
    const changes: ArticleChange[] = []
    const stop = stopSignal()
    const sum = await onRecord(flags, async (record) => {
      // Many transactions follow: it is noted when it begins.
      await noteCommand(record.store.db, { act: 'rebuild', subject: null, detail: flags.all ? { all: true } : null })
      let total = 0
      const bar = ticker('read again', () => total)
      try {
        return await rebuild(record, {
          signal: stop.signal, ...(flags.all ? { all: true } : {}), change: (change) => { if (flags.json || changes.length < show) changes.push(change) },
          progress: (done, all, changed) => {
            total = all
            bar.tick(done, `, ${changed} changed`)
          },
        })
      } finally {
        bar.stop()
        stop.off()
      }
    })
    if (flags.json) await print(`${JSON.stringify({ ...sum, changes })}\n`)
    else {
      for (const change of changes) {
        await print(`${change.document}: ${change.kind}${change.changed.length > 0 ? `, ${change.changed.length} reports with other ${[...new Set(change.changed.flatMap(({ fields }) => fields))].join(', ')}` : ''}\n`)
        for (const brief of change.removed) await print(`${lineOf('-', brief)}\n`)
        for (const brief of change.added) await print(`${lineOf('+', brief)}\n`)
      }
      const { added, removed, changed } = sum.reports
      await print(`${sum.done} read again: ${sum.unchanged} unchanged, ${sum.changed} changed, ${sum.gained} gained, ${sum.lost} lost${sum.unreadable > 0 ? `, ${sum.unreadable} whose page is not kept` : ''}; reports: ${added} new, ${removed} gone, ${changed} changed; events: ${sum.events.written} written, ${sum.events.gone} gone\n`)
      if (sum.waitingJudgements > 0) await print(`${sum.waitingJudgements} judgements wait for reports that are not told now; they are kept\n`)
    }
    if (sum.stopped) say('readout: stopped; run the same command again to go on')
  })
