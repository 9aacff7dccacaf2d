/** `readout problems`: documents set aside, each with its reason. */
import { Command } from 'commander'
import { noteCommand } from '../../api/deeds.ts'
import { listProblems, type Problem, resolveProblems } from '../../store/index.ts'
import { onStore, type PlaceFlags, withPlace } from '../place.ts'
import { paint, print, UserError } from '../terminal.ts'

interface Flags extends PlaceFlags { all?: boolean; stage?: string; json?: boolean; resolve?: string }

export const problemsCommand = withPlace(new Command('problems'))
  .description('list the documents that were set aside, each with its reason')
  .option('--all', 'those resolved since, too')
  .option('--stage <stage>', 'only of this stage: source, fetch, page, read, store')
  .option('--resolve <document>', 'mark what stands against a document as dealt with')
  .option('--json', 'print JSON')
  .addHelpText('after', `
Adding a document again with success resolves its problem.

Examples:
  readout problems
  readout problems --stage fetch --json`)
  .action(async (flags: Flags) => {
    await onStore(flags, async ({ db, transaction }) => {
      const { resolve } = flags
      if (resolve !== undefined) {
        const done = await transaction(async (tx) => {
          const found = await resolveProblems(tx, resolve)
          if (found) await noteCommand(tx, { act: 'problem resolved', subject: resolve })
          return found
        })
        if (!done) throw new UserError(`nothing stands against '${resolve}'`)
        return
      }
      const found: Problem[] = []
      let cursor: string | null = null
      do {
        const page: { readonly items: readonly Problem[]; readonly next: string | null } = await listProblems(db, { cursor, limit: 1000, ...(flags.all ? { all: true } : {}), ...(flags.stage === undefined ? {} : { stage: flags.stage }) })
        found.push(...page.items)
        cursor = page.next
      } while (cursor !== null)
      if (flags.json) await print(`${JSON.stringify({ problems: found }, null, 2)}\n`)
      else if (found.length === 0) await print('nothing is set aside\n')
      else for (const problem of found) await print(`${problem.subject}\n  ${problem.stage}/${problem.code}: ${problem.message}${problem.attempts > 1 ? ` (${problem.attempts} times)` : ''}${problem.resolvedAt === null ? '' : paint.dim(' resolved')}\n`)
    })
  })
