/**
 * The API as functions: `readout/client`. It needs nothing but `fetch`, so it runs in Node, in browsers and in workers; its types are
 * those of the schemas the server checks and answers by.
 *
 *   const readout = createClient({ url: 'http://127.0.0.1:8017/' })
 *   for await (const event of readout.each('chronology', { parties: ['RUS', 'CHN'] })) console.log(event.date?.value, event.line)
 */
import type { z } from 'zod'
import type { auditSchema } from '../api/people.ts'
import type * as S from '../api/schemas.ts'

type Answer<T extends z.ZodType> = z.output<T>
/** What may be asked, without the form of the answer, which is the client's business. */
type Asked<T extends z.ZodType> = { readonly [K in keyof Omit<z.output<T>, 'format'>]: z.output<T>[K] }

/** What each address is asked and answers, by its name in the OpenAPI document. */
export interface Routes {
  relations: { query: Asked<typeof S.RELATIONS_QUERY>; answer: Answer<typeof S.relationsSchema> }
  chronology: { query: Asked<typeof S.CHRONOLOGY_QUERY>; answer: Answer<typeof S.chronologySchema> }
  events: { query: Asked<typeof S.EVENTS_QUERY>; answer: Answer<typeof S.eventsSchema> }
  event: { query: Asked<typeof S.EVENT_QUERY>; answer: Answer<typeof S.eventAnswerSchema> }
  articles: { query: Asked<typeof S.ARTICLES_QUERY>; answer: Answer<typeof S.articlesSchema> }
  article: { query: Record<string, never>; answer: Answer<typeof S.articleAnswerSchema> }
  search: { query: Asked<typeof S.SEARCH_QUERY>; answer: Answer<typeof S.searchSchema> }
  changes: { query: Asked<typeof S.CHANGES_QUERY>; answer: Answer<typeof S.changesSchema> }
  quality: { query: Asked<typeof S.QUALITY_QUERY>; answer: Answer<typeof S.qualitySchema> }
  review: { query: Asked<typeof S.REVIEW_QUERY>; answer: Answer<typeof S.reviewSchema> }
  reviewers: { query: Record<string, never>; answer: Answer<typeof S.reviewersSchema> }
  judgements: { query: Record<string, never>; answer: Answer<typeof S.judgementsSchema> }
  alerts: { query: Record<string, never>; answer: Answer<typeof S.alertsSchema> }
  audit: { query: Asked<typeof S.AUDIT_QUERY>; answer: Answer<typeof auditSchema> }
  problems: { query: Asked<typeof S.PROBLEMS_QUERY>; answer: Answer<typeof S.problemsSchema> }
}

/** Lists that can be walked, with their items. */
export interface Lists {
  relations: Routes['relations']['answer']['relations'][number]
  chronology: Routes['chronology']['answer']['events'][number]
  events: Routes['events']['answer']['events'][number]
  articles: Routes['articles']['answer']['articles'][number]
  search: Routes['search']['answer']['articles'][number]
  problems: Routes['problems']['answer']['problems'][number]
}

/** Where each is; `{id}` is put in. A test holds it against the server's own table. */
export const PATHS: Readonly<Record<keyof Routes, string>> = {
  relations: '/api/relations', chronology: '/api/chronology', events: '/api/events', event: '/api/events/{id}', articles: '/api/articles', article: '/api/articles/{id}', search: '/api/search', changes: '/api/changes', quality: '/api/quality',
  review: '/api/review', reviewers: '/api/review/agreement', judgements: '/api/events/{id}/judgements', alerts: '/api/alerts', audit: '/api/audit', problems: '/api/problems',
}

export interface ClientOptions {
  /** Address of the desk. */
  readonly url: string
  /** Sent with every request: a login, a key. */
  readonly headers?: Readonly<Record<string, string>>
  /** Used instead of the global one. */
  readonly fetch?: typeof fetch
}

/** An answer that is no success, as problem+json tells it. */
export class ReadoutError extends Error {
  override readonly name = 'ReadoutError'
  readonly status: number
  readonly title: string
  constructor(status: number, title: string, detail: string) {
    super(detail === '' ? title : `${title}: ${detail}`)
    this.status = status
    this.title = title
  }
}

/** What came to be of an event. */
export interface Told {
  /** Number in the stream: give it back as `after` to go on from there. */
  readonly seq: number
  readonly kind: 'new' | 'changed' | 'gone'
  readonly id: string
  readonly at: string
  /** Absent where the event is no more. */
  readonly event?: Lists['events']
}

export interface DocumentGiven {
  readonly body: string | Uint8Array<ArrayBuffer>
  readonly mediaType?: string
  /** Address the document is from. */
  readonly url?: string
  /** Day of publication, EDTF. */
  readonly published?: string
}

type Query = Readonly<Record<string, unknown>>
type WithId = 'event' | 'article' | 'judgements'
type Rest<T> = Record<string, never> extends T ? [query?: Partial<T>] : [query: T]

export interface Client {
  /** Asks an address that takes no id. */
  get<N extends Exclude<keyof Routes, WithId>>(name: N, ...query: Rest<Routes[N]['query']>): Promise<Routes[N]['answer']>
  event(id: string, query?: Partial<Routes['event']['query']>): Promise<Routes['event']['answer']>
  article(id: string): Promise<Routes['article']['answer']>
  judgements(id: string): Promise<Routes['judgements']['answer']>
  /** All items of a list, as they come; `limit` is how many at most. */
  each<N extends keyof Lists>(name: N, ...query: Rest<Routes[N]['query']>): AsyncGenerator<Lists[N], void, undefined>
  /** What is new, without an end: it connects again where it was when the connection is lost. Ends with the signal. */
  follow(query: { readonly keys?: readonly string[]; readonly types?: readonly string[]; readonly after?: number; readonly lang?: string }, signal: AbortSignal): AsyncGenerator<Told, void, undefined>
  /** Reads a document and keeps it. */
  add(document: DocumentGiven): Promise<Answer<typeof S.addedSchema>>
  /** Reads what stands at a public address and keeps it. */
  addAddress(url: string, published?: string): Promise<Answer<typeof S.addedSchema>>
  decide(body: Answer<typeof S.DECISION_BODY>): Promise<Answer<typeof S.decidedSchema>>
  /** Keeps a view of the desk under a name, with an alert on it where one is given. */
  saveSearch(name: string, body: Answer<typeof S.SAVE_BODY>): Promise<Answer<typeof S.savedSchema>>
  /** Forgets the search of that name with its alerts. */
  deleteSearch(name: string): Promise<Answer<typeof S.deletedSchema>>
  deleteAlert(id: string): Promise<Answer<typeof S.deletedSchema>>
  /** Tries again the messages that were given up. */
  retryAlerts(): Promise<Answer<typeof S.retriedSchema>>
  undo(judgement: string, body: Answer<typeof S.UNDO_BODY>): Promise<Answer<typeof S.decidedSchema>>
}

const AGAIN_MS = 1000

/** Makes a client of one desk. */
export function createClient({ url, headers = {}, fetch: own }: ClientOptions): Client {
  const ask = own ?? globalThis.fetch
  const at = (path: string, query: Query = {}): string => {
    const address = new URL(path.replace(/^\//u, ''), url.endsWith('/') ? url : `${url}/`)
    for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== null) address.searchParams.set(name, Array.isArray(value) ? value.join(',') : String(value))
    return address.href
  }
  const request = async (address: string, init: RequestInit = {}): Promise<Response> => {
    const response = await ask(address, { ...init, headers: { ...headers, ...(init.headers as Record<string, string> | undefined) } })
    if (response.ok) return response
    const problem: unknown = await response.json().catch(() => null)
    const field = (name: string): string => (problem !== null && typeof problem === 'object' && typeof Reflect.get(problem, name) === 'string' ? String(Reflect.get(problem, name)) : '')
    throw new ReadoutError(response.status, field('title') || response.statusText || String(response.status), field('detail'))
  }
  const json = async <T>(address: string, init: RequestInit = {}): Promise<T> => (await (await request(address, { ...init, headers: { accept: 'application/json', ...(init.headers as Record<string, string> | undefined) } })).json()) as T
  const send = <T>(method: 'POST' | 'PUT', path: string, body: unknown): Promise<T> => json<T>(at(path), { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
  const remove = (path: string, id: string): Promise<Answer<typeof S.deletedSchema>> => json(at(`${path}/${encodeURIComponent(id)}`), { method: 'DELETE' })
  const withId = <T>(name: WithId, id: string, query: Query = {}): Promise<T> => json<T>(at(PATHS[name].replace('{id}', encodeURIComponent(id)), query))

  async function* each(name: keyof Lists, query: Query = {}): AsyncGenerator<unknown, void, undefined> {
    const response = await request(at(PATHS[name], query), { headers: { accept: 'application/x-ndjson' } })
    for await (const line of linesOf(response)) {
      if (line === '') continue
      const item = JSON.parse(line) as Record<string, unknown>
      if (typeof item['problem'] === 'string') throw new ReadoutError(500, 'The list broke off', item['problem'])
      yield item
    }
  }

  async function* follow({ after, ...query }: Parameters<Client['follow']>[0], signal: AbortSignal): AsyncGenerator<Told, void, undefined> {
    let last = after
    while (!signal.aborted) {
      try {
        const response = await request(at('/api/stream', { ...query, after: last }), { signal, headers: { accept: 'text/event-stream' } })
        let [kind, data] = ['', '']
        for await (const line of linesOf(response)) {
          if (line.startsWith('id: ')) last = Number(line.slice(4))
          else if (line.startsWith('event: ')) kind = line.slice(7)
          else if (line.startsWith('data: ')) data = line.slice(6)
          else if (line === '') {
            if (kind === 'new' || kind === 'changed' || kind === 'gone') yield { seq: last ?? 0, kind, ...(JSON.parse(data) as Omit<Told, 'seq' | 'kind'>) }
            ;[kind, data] = ['', '']
          }
        }
      } catch (error) {
        if (signal.aborted) return
        // What the server refuses it will refuse again.
        if (error instanceof ReadoutError && error.status < 500) throw error
      }
      if (!signal.aborted) await new Promise((resolve) => { setTimeout(resolve, AGAIN_MS) })
    }
  }

  return {
    get: (name, ...[query]) => json(at(PATHS[name], query as Query | undefined)),
    event: (id, query) => withId('event', id, query as Query | undefined), article: (id) => withId('article', id), judgements: (id) => withId('judgements', id),
    each: each as Client['each'], follow,
    add: ({ body, mediaType, ...query }) => json(at('/api/articles', query), { method: 'POST', body, headers: { 'content-type': mediaType ?? (typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/octet-stream') } }),
    addAddress: (address, published) => json(at('/api/articles', { url: address, published }), { method: 'POST' }),
    decide: (body) => send('POST', '/api/judgements', body), undo: (judgement, body) => send('POST', `/api/judgements/${encodeURIComponent(judgement)}/undo`, body),
    saveSearch: (name, body) => send('PUT', `/api/searches/${encodeURIComponent(name)}`, body), deleteSearch: (name) => remove('/api/searches', name), deleteAlert: (id) => remove('/api/alerts', id), retryAlerts: () => json(at('/api/alerts/retry'), { method: 'POST' }),
  }
}

/** The lines of an answer as they come. */
async function* linesOf(response: Response): AsyncGenerator<string, void, undefined> {
  if (response.body === null) return
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      rest += decoder.decode(value, { stream: !done })
      const lines = rest.split('\n')
      rest = lines.pop() ?? ''
      yield* lines
      if (done) break
    }
    if (rest !== '') yield rest
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
