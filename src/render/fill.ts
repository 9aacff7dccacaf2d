/** Filling templates: slots in braces, parts in square brackets that go when a slot of theirs is empty, then the language's fixes. */
import type { Templates } from '../knowledge/templates.ts'

export type Fill = (template: string, values: Readonly<Record<string, string>>) => string

const SLOT = /\{([\w-]+)\}/gu
const PART = /\[([^[\]]*)\]/gu

/** Makes the filler of a language. A slot without a value is filled with nothing. */
export function createFill({ fixes = [] }: Pick<Templates, 'fixes'>): Fill {
  const rules = fixes.map(({ find, put }) => ({ find: new RegExp(find, 'gu'), put }))
  return (template, values) => {
    const put = (text: string): string => text.replace(SLOT, (_, name: string) => values[name] ?? '')
    const kept = template.replace(PART, (_, part: string) => ([...part.matchAll(SLOT)].every(([, name = '']) => (values[name] ?? '') !== '') ? part : ''))
    return rules.reduce((line, rule) => line.replace(rule.find, rule.put), put(kept))
  }
}
