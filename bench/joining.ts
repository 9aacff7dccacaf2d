/** `npx tsx bench/joining.ts`: how well reports are joined into events, on the development sets. */
import { haveBench } from './data.ts'
import { measureJoining } from './tasks/joining.ts'
import { markdown } from './table.ts'

if (haveBench('bench/joining')) console.log(markdown(await measureJoining()))
