/** Projects: desks on records of their own beside the main one, under `/projects/NAME/`, for their members alone. */
import { Hono } from 'hono'
import type { Desk } from '../api/desk.ts'
import { createLogin } from '../api/login.ts'
import type { Who } from '../api/who.ts'
import { getUser } from '../store/index.ts'
import { createDeskApp, type DeskOptions } from './app.ts'
import { type ProjectEntry, UNDER } from './projects-page.ts'

/** The main desk and its projects as one server; a project that comes into the map later is served from then on. */
export function createProjectsApp(desk: Desk, projects: ReadonlyMap<string, Desk>, options: DeskOptions): Hono {
  const { login: asking = { asked: false }, observer, ...rest } = options
  const login = createLogin(desk, asking)
  // The figures of the process and the main record are no matter for a project.
  const under = { ...rest, login: { ...asking, within: login }, ...(observer ? { observer: { ...observer, metrics: () => null } } : {}) }
  const hasAccount = async (person: string): Promise<boolean> => (await getUser(desk.db, person)) !== null
  const apps = new Map<Desk, Hono>()
  const appOf = (name: string): Hono | null => {
    const own = projects.get(name)
    if (own === undefined) return null
    const app = apps.get(own) ?? createDeskApp(own, { ...under, project: { name, hasAccount } })
    apps.set(own, app)
    return app
  }
  for (const name of projects.keys()) appOf(name)
  const nowhere = createDeskApp(desk, { ...under, login: { ...under.login, closed: true }, project: { name: '', hasAccount } })
  const isMember = async ({ db }: Desk, { name }: Who): Promise<boolean> => name === null || (await getUser(db, name))?.disabledAt === null
  const entries = (): ProjectEntry[] => [...projects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, own]) => ({ name, isFor: (who) => isMember(own, who) }))
  return withProjects(createDeskApp(desk, { ...options, projects: entries }, login), appOf, nowhere)
}

/**
 * The main desk with its projects. A request for a project goes to its desk with the path that remains; one for a project there is not goes to
 * `nowhere`, a desk like a project's that nobody is a member of, so that both are answered by the same code.
 */
function withProjects(main: Hono, appOf: (name: string) => Hono | null, nowhere: Hono): Hono {
  const app = new Hono()
  app.all(`${UNDER}/:name/*`, (c) => {
    const url = new URL(c.req.url)
    const name = url.pathname.split('/')[2] ?? ''
    url.pathname = url.pathname.slice(`${UNDER}/${name}`.length) || '/'
    return (appOf(name) ?? nowhere).fetch(new Request(url, c.req.raw), { ...(c.env as object), base: `${UNDER}/${name}` })
  })
  app.all('*', (c) => main.fetch(c.req.raw, c.env as object))
  return app
}
