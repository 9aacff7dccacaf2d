/** The article everything began from, where the shared samples lie beside the project: every required entry holds, no false report, not too many. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createReader } from '../src/reader.ts'
import { SHARED } from '../bench/data.ts'

const samples = join(SHARED, 'samples')
const article = join(samples, 'call-2024-02-08.ar.txt')
if (!existsSync(article)) console.warn(`the sample article is not at ${samples}: its test is skipped`)

test.skipIf(!existsSync(article))('the sample article is read as its expected file says', async () => {
  const reading = await createReader().read({ bytes: readFileSync(article), mediaType: 'text/plain' })
  const file = join(mkdtempSync(join(tmpdir(), 'readout-sample-')), 'reading.json')
  writeFileSync(file, JSON.stringify({ schema: 1, readings: [reading] }))
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(samples, 'check.mjs'), file, join(samples, 'call-2024-02-08.expected.json')], { encoding: 'utf8' })
  expect(stdout + stderr).not.toMatch(/^- /mu)
  expect(status).toBe(0)
  expect(reading.reports.length).toBeLessThanOrEqual(26)
})
