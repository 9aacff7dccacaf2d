/** The API as a page: every address with what it takes and answers, out of the same document that machines read. */
import { openApi } from '../api/openapi.ts'
import { html, type Html } from './html.ts'
import { at, type Page, type View } from './view.ts'

interface Parameter { readonly name: string; readonly in: string; readonly required?: boolean; readonly description?: string; readonly schema?: Readonly<Record<string, unknown>> }
interface Operation { readonly operationId: string; readonly summary: string; readonly parameters?: readonly Parameter[]; readonly requestBody?: { readonly content: object }; readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Readonly<Record<string, { readonly schema?: unknown }>> }>> }

/** What a schema is, in a few words. */
function kindOf(schema: unknown): string {
  if (schema === null || typeof schema !== 'object') return ''
  const { $ref, type, enum: values, items, anyOf } = schema as { $ref?: string; type?: string | string[]; enum?: unknown[]; items?: unknown; anyOf?: unknown[] }
  if ($ref !== undefined) return $ref.split('/').at(-1) ?? ''
  if (values !== undefined) return values.map(String).join(' | ')
  if (anyOf !== undefined) return anyOf.map(kindOf).join(' | ')
  return type === 'array' ? `${kindOf(items)}[]` : [type ?? ''].flat().join(' | ')
}

/** The page; its words are those of the OpenAPI document, which is in English. */
export function apiPage(view: View, version: string): Page {
  const { paths, components } = openApi(version) as { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, unknown> } }
  const refs = (text: string): Html => html`${text.split(/(\b\w+\b)/u).map((word) => (word in components.schemas ? html`<a href="#schema-${word}">${word}</a>` : word))}`
  const operation = (path: string, method: string, { operationId, summary, parameters = [], requestBody, responses }: Operation): Html => {
    const answers = Object.entries(responses).map(([status, { description, content = {} }]) => html`<li><code>${status}</code> ${description}${Object.entries(content).map(([type, { schema }]) => html` · <code>${type}</code> ${refs(kindOf(schema))}`)}</li>`)
    const open = method === 'get' && !path.includes('{') && parameters.every(({ required }) => required !== true)
    return html`<section id="${operationId}"><h2><code>${method.toUpperCase()} ${open ? html`<a href="${view.base}${path}">${path}</a>` : path}</code></h2><p>${summary}</p>
${parameters.length === 0 ? '' : html`<div class="scroll" tabindex="0" role="region" aria-label="${operationId}"><table><thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">meaning</th></tr></thead><tbody>${parameters.map((one) => html`<tr><th scope="row"><code>${one.name}</code>${one.required ? ' *' : ''}</th><td>${one.in}</td><td>${kindOf(one.schema)}</td><td>${one.description ?? ''}</td></tr>`)}</tbody></table></div>`}
${requestBody ? html`<p class="small">body: ${Object.keys(requestBody.content).map((type) => html`<code>${type}</code> `)}</p>` : ''}<ul class="plain small">${answers}</ul></section>`
  }
  const schemas = Object.entries(components.schemas).sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    title: view.w['api-docs'], wide: true, data: [{ name: 'OpenAPI 3.1', href: at(view, '/api/openapi.json') }],
    body: html`<div lang="en" dir="ltr">${Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, one]) => operation(path, method, one)))}
<section><h2>Schemas</h2>${schemas.map(([name, schema]) => html`<details id="schema-${name}"><summary>${name}</summary><pre>${JSON.stringify(schema, null, 1)}</pre></details>`)}</section></div>`,
  }
}
