/** Projects: desks on records of their own beside the main one, under `/projects/NAME/`, for their members alone. */
import { Hono } from 'hono'
import type { Desk } from '../api/desk.ts'
import { createLogin } from '../api/login.ts'
import { getUser } from '../store/index.ts'
import { createDeskApp, type DeskOptions } from './app.ts'
import { UNDER } from './projects-page.ts'

/** The main desk and its projects as one server. */
export function createProjectsApp(desk: Desk, projects: ReadonlyMap<string, Desk>, options: DeskOptions): Hono {
  const { login: asking = { asked: false }, observer, ...rest } = options
  const login = createLogin(desk, asking)
  // The figures of the process and the main record are no matter for a project.
  const under = { ...rest, login: { ...asking, within: login }, ...(observer ? { observer: { ...observer, metrics: () => null } } : {}) }
  const hasAccount = async (person: string): Promise<boolean> => (await getUser(desk.db, person)) !== null
  const apps = new Map([...projects].map(([name, own]) => [name, createDeskApp(own, { ...under, project: { name, hasAccount } })]))
  const nowhere = createDeskApp(desk, { ...under, login: { ...under.login, closed: true }, project: { name: '', hasAccount } })
  const entries = [...projects].map(([name, { db }]) => ({ name, isFor: async ({ name: person }: { readonly name: string | null }): Promise<boolean> => person === null || (await getUser(db, person))?.disabledAt === null }))
  return withProjects(createDeskApp(desk, { ...options, projects: entries }, login), apps, nowhere)
}

/**
 * The main desk with its projects. A request for a project goes to its desk with the path that remains; one for a project there is not goes to
 * `nowhere`, a desk like a project's that nobody is a member of, so that both are answered by the same code.
 */
function withProjects(main: Hono, projects: ReadonlyMap<string, Hono>, nowhere: Hono): Hono {
  const app = new Hono()
  app.all(`${UNDER}/:name/*`, (c) => {
    const url = new URL(c.req.url)
    const name = url.pathname.split('/')[2] ?? ''
    url.pathname = url.pathname.slice(`${UNDER}/${name}`.length) || '/'
    return (projects.get(name) ?? nowhere).fetch(new Request(url, c.req.raw), { ...(c.env as object), base: `${UNDER}/${name}` })
  })
  app.all('*', (c) => main.fetch(c.req.raw, c.env as object))
  return app
}
