/** What is told of requests: a log without words of articles and without secrets, and figures for Prometheus. */
import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { sql } from 'kysely'
import type { Desk } from './desk.ts'

export interface Seen {
  readonly method: string
  /** The pattern of the address, without ids and without what was asked. */
  readonly route: string
  readonly status: number
  readonly ms: number
}

export interface Observer {
  seen(request: Seen): void
  /** Something went wrong that is not the asker's fault. */
  fault(error: unknown, route: string): void
  /** The figures as Prometheus reads them; null where they are not kept. */
  metrics(): Promise<{ readonly type: string; readonly text: string }> | null
}

const NONE = 'none'

/** The pattern that answered: the last that is no wildcard, so that the number of names is bounded. */
export const routeOf = (c: Parameters<MiddlewareHandler>[0]): string => matchedRoutes(c).filter(({ path }) => !path.includes('*')).at(-1)?.path ?? NONE

/** Tells the observer of each request when it has been answered. */
export function observing(observer: Observer): MiddlewareHandler {
  return async (c, next) => {
    const started = performance.now()
    await next()
    observer.seen({ method: c.req.method, route: routeOf(c), status: c.res.status, ms: Math.round((performance.now() - started) * 10) / 10 })
  }
}

/** Rows counted for Prometheus. */
const TABLES = ['articles', 'events', 'judgements'] as const

export interface Figures { seen(request: Seen): void; fault(): void; read(): Promise<{ readonly type: string; readonly text: string }> }

/** Figures of this process, its requests and its record. */
export function createFigures(desk: Desk, version: string): Figures {
  const registers = [new Registry()]
  const [registry = new Registry()] = registers
  collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({ name: 'readout_http_request_duration_seconds', help: 'Time to answer a request', labelNames: ['method', 'route'], buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 10], registers })
  const requests = new Counter({ name: 'readout_http_requests_total', help: 'Requests answered', labelNames: ['method', 'route', 'status'], registers })
  const faults = new Counter({ name: 'readout_faults_total', help: 'Requests that failed through no fault of the asker', registers })
  const counted = (): Promise<Record<string, number>> => desk.sums.get('metrics', async () => {
    const { rows } = await sql<{ name: string; n: number }>`${sql.join([...TABLES.map((table) => sql`select ${sql.lit(table)} as name, count(*) as n from ${sql.table(table)}`), sql`select 'problems' as name, count(*) as n from problems where resolved_at is null`], sql` union all `)}`.execute(desk.db)
    return Object.fromEntries(rows.map(({ name, n }) => [name, Number(n)]))
  })
  for (const name of [...TABLES, 'problems']) new Gauge({ name: `readout_${name}`, help: name === 'problems' ? 'Documents set aside and not read since' : `Number of ${name} on record`, registers, async collect() { this.set((await counted())[name] ?? 0) } })
  new Gauge({ name: 'readout_info', help: 'Version of the program', labelNames: ['version'], registers }).set({ version }, 1)
  return {
    seen({ method, route, status, ms }) {
      seconds.observe({ method, route }, ms / 1000)
      requests.inc({ method, route, status })
    },
    fault: () => faults.inc(),
    read: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  }
}
