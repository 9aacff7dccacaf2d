/** Measures the page stage alone and prints one table. `--quick` takes every eighth page, `--only=html|flat` one half, `--filter=ID` some pages, `--out=PREFIX` writes the predictions, `--fast` uses one extractor. */
import { haveBench } from './data.ts'
import { markdown } from './table.ts'
import { scorePages } from './tasks/pages.ts'

const argument = (name: string): string | undefined => process.argv.find((value) => value.startsWith(`--${name}=`))?.slice(name.length + 3)
const out = argument('out')
const part = argument('filter')
const only = argument('only')
if (haveBench('bench:pages')) {
  console.log(markdown(await scorePages({
    every: process.argv.includes('--quick') ? 8 : 1, fast: process.argv.includes('--fast'), ...(out ? { out } : {}), ...(part ? { filter: (id: string) => id.includes(part) } : {}), ...(only === 'html' || only === 'flat' ? { only } : {}),
  })))
}
