/** After `tsc`: works out ahead what the built program would else do at every start, and writes it into `dist/`. */
import { deepStrictEqual } from 'node:assert'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PREPARED, parseYaml, preparedName } from '../dist/knowledge/settings.js'
import { packNgrams } from '../dist/page/ngrams.js'
import { root } from './setup.mjs'

cpSync(join(root, 'src', 'store', 'migrations'), join(root, 'dist', 'store', 'migrations'), { recursive: true })
prepareSettings()
await prepareNgrams()

/** The settings of the data folders as JSON. Their cases are for tests only. */
function prepareSettings() {
  rmSync(PREPARED, { recursive: true, force: true })
  mkdirSync(PREPARED)
  for (const folder of ['languages', 'ontology']) {
    for (const name of readdirSync(join(root, folder), { recursive: true })) {
      if (!name.endsWith('.yaml') || /[/\\]cases[/\\]/u.test(name)) continue
      const file = join(root, folder, name)
      const bytes = readFileSync(file)
      const data = parseYaml(bytes.toString('utf8'), file)
      const json = JSON.stringify(data)
      deepStrictEqual(JSON.parse(json), data, `${file} holds what JSON cannot say`)
      writeFileSync(join(PREPARED, preparedName(bytes)), json)
    }
  }
}

/** The detector's table: see `src/page/ngrams.ts`. */
async function prepareNgrams() {
  const { ngramsData } = await import(new URL('../ngrams/extrasmall.js', import.meta.resolve('eld')).href)
  const file = join(root, 'dist', 'page', 'ngrams.js')
  const code = readFileSync(file, 'utf8')
  const packed = { type: ngramsData.type, languages: ngramsData.languages, table: packNgrams(ngramsData.ngrams) }
  const mark = 'export const packed = null'
  if (!code.includes(mark)) throw new Error(`${file}: '${mark}' is expected`)
  writeFileSync(file, code.replace(mark, () => `export const packed = ${JSON.stringify(packed)}`))
}
