/** The list of projects, and what they may be called. */
import type { Who } from '../api/who.ts'
import { foreign, html } from './html.ts'
import { at, type Page, type View } from './view.ts'

/** What a project may be called: it stands in addresses. */
export const PROJECT_NAME = /^[a-z0-9][a-z0-9-]{0,39}$/u
/** The path all projects are under. */
export const UNDER = '/projects'

export interface ProjectEntry {
  readonly name: string
  /** Whether somebody may look at it. */
  isFor(who: Who): Promise<boolean>
}

/** The projects the reader is a member of; of others nothing is said. */
export async function projectsPage(view: View, projects: readonly ProjectEntry[]): Promise<Page> {
  const { w } = view
  const own: string[] = []
  for (const project of projects) if (await project.isFor(view.who)) own.push(project.name)
  return { title: w.projects, lead: w['projects-lead'], body: own.length === 0 ? html`<p class="none">${w['no-projects']}</p>` : html`<ul class="plain">${own.map((name) => html`<li><a href="${at(view, `${UNDER}/${name}/`)}">${foreign(name)}</a></li>`)}</ul>` }
}
