/** Sentences made of frames and acts (`frames/<code>.yaml`): what a frame tells as done is reported as done, what it does not is not, whichever the act. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { createReader } from '../src/reader.ts'

interface Frames {
  /** Who acts, by the name of its slot. */
  readonly doer: Readonly<Record<string, string>>
  /** A PLOVER type and the forms of its wording, by the names of their slots. */
  readonly acts: readonly Readonly<Record<string, string>>[]
  readonly done: readonly string[]
  readonly undone: readonly string[]
  /** Sentences known to be read wrongly: one that is read rightly must leave the list. */
  readonly wrong: readonly string[]
}

const folder = join(import.meta.dirname, 'frames')
const reader = createReader()

const sentence = (frame: string, forms: Readonly<Record<string, string>>): string => {
  const text = frame.replace(/\{([\w-]+)\}/gu, (_, slot: string) => forms[slot] ?? expect.unreachable(`no form '${slot}' for ${frame}`))
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
}

/* Whether the act is reported as having come about between the two states. */
async function isTold(text: string, language: string, type: string): Promise<boolean> {
  const { reports } = await reader.read({ text, language, published: '2024-03-14' })
  return reports.some((report) => report.type === type && (report.status === 'occurred' || report.status === 'ongoing') && [...report.actors, ...report.recipients].some(({ country }) => country === 'TUR'))
}

describe.each(readdirSync(folder).map((name) => name.replace('.yaml', '')).sort())('%s', (language) => {
  const { doer, acts, done, undone, wrong } = parse(readFileSync(join(folder, `${language}.yaml`), 'utf8')) as Frames
  const frames = [...done.map((frame) => ({ frame, told: true })), ...undone.map((frame) => ({ frame, told: false }))]
  test.each(frames)('$frame', async ({ frame, told }) => {
    const [mistaken, known]: [string[], string[]] = [[], []]
    for (const { type = '', ...forms } of acts) {
      const text = sentence(frame, { ...doer, ...forms })
      if (wrong.includes(text)) known.push(text)
      if ((await isTold(text, language, type)) !== told) mistaken.push(text)
    }
    expect(mistaken).toEqual(known)
  })
})
