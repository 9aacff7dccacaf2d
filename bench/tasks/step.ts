/** One step of `bench:record` in this process: its name and its options as JSON are the arguments; what it gives goes to the parent. */
import { fill, measure } from './size.ts'

const [step = '', options = '{}'] = process.argv.slice(2)
const answer = step === 'fill' ? await fill(JSON.parse(options)) : await measure(JSON.parse(options))
await new Promise((resolve) => { process.send?.(answer ?? null, resolve) })
process.disconnect?.()
