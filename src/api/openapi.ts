/** The OpenAPI 3.1 document, written from the same table the server answers by. */
import { z } from 'zod'
import { type Change, CHANGES } from './changes.ts'
import { ROUTES, type Route } from './routes.ts'
import { addedSchema, problemSchema } from './schemas.ts'

type Json = Readonly<Record<string, unknown>>

const schemaAt = (id: string): string => `#/components/schemas/${id}`

/** Names of all schemas that have one; zod keeps them by `meta({ id })`. */
function components(): Json {
  const { schemas } = z.toJSONSchema(z.globalRegistry, { uri: schemaAt, unrepresentable: 'any' })
  return Object.fromEntries(Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]))
}

const refOf = (schema: z.ZodType): Json => ({ $ref: schemaAt(z.globalRegistry.get(schema)?.id ?? '') })

function parametersOf({ path, query }: Route): Json[] {
  const ids = path.includes('{id}') ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] : []
  if (query === null) return ids
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'output', unrepresentable: 'any' }) as { properties?: Record<string, Json>; required?: string[] }
  return [...ids, ...Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name, in: 'query', required: required.includes(name), ...(typeof description === 'string' ? { description } : {}), schema, ...(schema['type'] === 'array' ? { style: 'form', explode: false } : {}),
  }))]
}

const string = { schema: { type: 'string' } }
const problem = (description: string): Json => ({ description, content: { 'application/problem+json': { schema: refOf(problemSchema) } } })

function operationOf(route: Route): Json {
  return {
    operationId: route.name, summary: route.summary, parameters: parametersOf(route),
    responses: {
      200: { description: route.summary, headers: { ETag: { schema: { type: 'string' } } }, content: { 'application/json': { schema: refOf(route.answer) }, ...(route.csv ? { 'text/csv': string } : {}), ...(route.feed ? { 'application/atom+xml': string, 'application/feed+json': { schema: { type: 'object' } } } : {}) } },
      304: { description: 'Not changed since the answer whose ETag was given in If-None-Match' },
      400: problem('What is asked cannot be understood'),
      ...(route.path.includes('{id}') ? { 404: problem('There is nothing of that id') } : {}),
    },
  }
}

function changeOf(change: Change): Json {
  return {
    operationId: change.name, summary: change.summary, parameters: change.path.includes('{id}') ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] : [],
    ...(change.body === null ? {} : { requestBody: { required: true, content: { 'application/json': { schema: refOf(change.body) } } } }),
    responses: { 200: { description: 'Done', content: { 'application/json': { schema: refOf(change.answer) } } }, 400: problem('What is asked cannot be understood or cannot be done'), 403: problem('It is not allowed here'), 404: problem('There is nothing of that id') },
  }
}

const bytes = { type: 'string', format: 'binary' }

/** The whole document. */
export function openApi(version: string): Json {
  const paths: Record<string, Json> = {}
  for (const route of ROUTES) paths[route.path] = { ...paths[route.path], get: operationOf(route) }
  for (const change of CHANGES) paths[change.path] = { ...paths[change.path], [change.method]: changeOf(change) }
  return {
    openapi: '3.1.0', info: { title: 'Readout', version, description: 'A sourced record of what states say and do to each other.', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths: {
      ...paths,
      '/api/articles': {
        ...(paths['/api/articles'] ?? {}),
        post: {
          operationId: 'addArticle', summary: 'Reads one document and keeps it: its bytes as the body, or an address',
          parameters: [{ name: 'url', in: 'query', required: false, description: 'address to fetch instead of a body, or the address the body came from when there is one', schema: { type: 'string' } }, { name: 'published', in: 'query', required: false, description: 'day of publication, EDTF', schema: { type: 'string' } }],
          requestBody: { required: false, content: { 'text/html': { schema: bytes }, 'text/plain': { schema: bytes }, 'application/json': { schema: {} }, 'message/rfc822': { schema: bytes } } },
          responses: { 200: { description: 'What became of it', content: { 'application/json': { schema: refOf(addedSchema) } } }, 400: problem('There is nothing to read'), 403: problem('Adding is not allowed here'), 413: problem('It is too large') },
        },
      },
    },
    components: { schemas: components() },
  }
}
