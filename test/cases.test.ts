/** Runs `languages/<code>/cases/*.yaml`: text -> events, a third of them negative. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { createReader } from '../src/reader.ts'

interface Expected { readonly type: string; readonly actors?: readonly string[]; readonly recipients?: readonly string[]; readonly status?: string; readonly mode?: string; readonly historical?: boolean; /** EDTF. */ readonly when?: string }
interface Case { readonly text: string; readonly published?: string; readonly events: readonly Expected[]; readonly not?: readonly string[]; /** `country stance: words` of every statement. */ readonly said?: readonly string[] }

const root = join(import.meta.dirname, '..', 'languages')
const reader = createReader()

describe.each(readdirSync(root).filter((code) => existsSync(join(root, code, 'cases'))).sort())('%s', (language) => {
  const folder = join(root, language, 'cases')
  const cases = readdirSync(folder).sort().flatMap((name) => parse(readFileSync(join(folder, name), 'utf8')) as Case[])
  test('a third of the cases are negative', () => {
    expect(cases.filter((item) => item.events.length === 0).length).toBeGreaterThanOrEqual(Math.floor(cases.length / 3))
  })
  test.each(cases.map((item) => [item.text, item] as const))('%s', async (text, item) => {
    const { reports, statements } = await reader.read({ text, language, published: item.published ?? null })
    for (const type of item.not ?? []) expect(reports.map((report) => report.type)).not.toContain(type)
    const countries = (actors: readonly { readonly country: string | null; readonly name: string }[]): string[] => actors.map((actor) => actor.country ?? actor.name).sort()
    const key = (event: Expected): string => JSON.stringify([event.type, [...(event.actors ?? [])].sort(), [...(event.recipients ?? [])].sort(), event.status ?? '', event.mode ?? '', event.historical ?? '', event.when ?? ''])
    const wanted = item.events
    const got = reports.map((report) => {
      const like = wanted.find((event) => event.type === report.type)
      return { type: report.type, actors: countries(report.actors), recipients: countries(report.recipients), ...(like?.status === undefined ? {} : { status: report.status }), ...(like?.mode === undefined ? {} : { mode: report.mode ?? '' }), ...(like?.historical === undefined ? {} : { historical: report.historical }), ...(like?.when === undefined ? {} : { when: report.date?.value ?? '' }) }
    })
    expect(got.map(key).sort()).toEqual(wanted.map(key).sort())
    if (item.said) expect(statements.map(({ speaker, stance, text }) => `${speaker.country ?? speaker.name} ${stance}: ${text}`).sort()).toEqual([...item.said].sort())
  })
})
