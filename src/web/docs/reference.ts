/** Reference that the program writes of itself: the API, and what can happen. */
import type { Knowledge } from '../../knowledge/index.ts'

type Json = Readonly<Record<string, unknown>>
interface Parameter { readonly name: string; readonly in: string; readonly required: boolean; readonly description?: string; readonly schema: Json }
interface Operation { readonly summary?: string; readonly parameters?: readonly Parameter[]; readonly requestBody?: Json; readonly responses?: Readonly<Record<string, { readonly description?: string; readonly content?: Json }>> }

const cell = (text: string): string => text.replace(/\|/gu, '\\|').replace(/\s+/gu, ' ')

/** Types of a schema in a word or two. */
function formOf(schema: Json): string {
  if (typeof schema['$ref'] === 'string') return schema['$ref'].split('/').at(-1) ?? ''
  if (Array.isArray(schema['enum'])) return schema['enum'].map((value) => `\`${String(value)}\``).join(', ')
  if (Array.isArray(schema['anyOf'])) return schema['anyOf'].map((one) => formOf(one as Json)).filter((form) => form !== 'null').join(' or ')
  if (schema['type'] === 'array') return `list of ${formOf((schema['items'] ?? {}) as Json)}`
  return String(schema['type'] ?? 'any')
}

/** The API from its OpenAPI document. */
export function apiReference(document: Json): string {
  const paths = document['paths'] as Readonly<Record<string, Readonly<Record<string, Operation>>>>
  const parts = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, { summary = '', parameters = [], responses = {} }]) => {
    const rows = parameters.map(({ name, in: place, required, description = '', schema }) => `| \`${name}\` | ${place}${required ? ', required' : ''} | ${cell(formOf(schema))} | ${cell(description)} |`)
    const answers = Object.entries(responses).map(([status, { description = '', content = {} }]) => `- ${status}: ${description}${Object.keys(content).length > 0 ? ` (${Object.entries(content as Readonly<Record<string, { readonly schema?: Json }>>).map(([type, { schema = {} }]) => `\`${type}\`${schema['$ref'] ? ` ${formOf(schema)}` : ''}`).join(', ')})` : ''}`)
    return `## ${method.toUpperCase()} \`${path}\`\n\n${summary}.\n\n${rows.length === 0 ? '' : `| parameter | where | form | meaning |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n\n`}${answers.join('\n')}\n`
  }))
  return `# The API\n\nWritten from \`/api/openapi.json\`, which the server answers by. [The desk](desk.md) says what holds for all of it: pages of lists, CSV, ETag, errors.\n\n${parts.join('\n')}`
}

/** Types, concepts and rules from the ontology. */
export function ontologyReference({ ontology }: Knowledge): string {
  const types = Object.entries(ontology.types).map(([id, { quad, score, modes }]) => `| \`${id}\` | ${quad.replace('-', ' ')} | ${score} | ${Object.entries(modes).map(([mode, own]) => `${mode} (${String(own)})`).join(', ')} |`)
  const concepts = Object.entries(ontology.concepts).map(([id, { kind, gloss }]) => `| \`${id}\` | ${kind} | ${cell(gloss)} |`)
  const rules = ontology.rules.map(({ id, concepts: own, type, mode, reason }) => `| \`${id}\` | ${own.map((concept) => `\`${concept}\``).join(' ')} | ${type}${mode ? `-${mode}` : ''} | ${cell(reason)} |`)
  return `# What can happen\n\nWritten from \`ontology/\`: PLOVER types with their modes and scores, the concepts that languages word, and the rules from one to the other.\n
## Types\n\n| type | class | score | modes (score) |\n| --- | --- | ---: | --- |\n${types.join('\n')}\n
## Rules\n\n| rule | concepts | gives | why |\n| --- | --- | --- | --- |\n${rules.join('\n')}\n
## Concepts\n\n| concept | kind | meaning |\n| --- | --- | --- |\n${concepts.join('\n')}\n`
}
