/** What every page is made with: the reader's language, its words, links that keep it, and the frame around the page. */
import type { Desk, Writers } from '../api/desk.ts'
import type { Who } from '../api/who.ts'
import type { WorldEvent } from '../model/index.ts'
import { isolateIn } from '../render/bidi.ts'
import { numberFormat } from '../render/numbers.ts'
import { attributes, between, foreign, html, type Html, type Part } from './html.ts'
import type { Interface } from './interface.ts'

export interface View {
  readonly desk: Desk
  /** The path all of this desk is under: none, or that of a project. */
  readonly base: string
  /** Where the desk is a project of another, and the reader a member: its name, and whether somebody has an account there. */
  readonly project: Project | null
  /** Whether there are projects beside this desk. */
  readonly projects: boolean
  readonly language: string
  /** The language stands in the address, so links carry it on. */
  readonly chosen: boolean
  readonly direction: 'ltr' | 'rtl'
  readonly writers: Writers
  readonly ui: Interface
  readonly w: Interface['words']
  /** Own names of the languages there are. */
  readonly languages: readonly { readonly code: string; readonly name: string; readonly direction: 'ltr' | 'rtl' }[]
  readonly mayAdd: boolean
  readonly who: Who
  readonly mayReview: boolean
  /** The name decisions were last made under in this browser, where nobody logs in. */
  readonly reviewer: string
  /** What the forms of this page carry, so that no other site can send them. */
  token(): string
  /** Path and query of this page. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
}

export interface Project { readonly name: string; hasAccount(person: string): Promise<boolean> }

export type Query = Readonly<Record<string, string | number | null | undefined>>

/** An address on this desk, in the reader's language. */
export function at(view: Pick<View, 'chosen' | 'language' | 'base'>, path: string, query: Query = {}, anchor = ''): string {
  const asked = view.chosen && !path.startsWith('/api/') ? { ...query, lang: view.language } : query
  const given = Object.entries(asked).filter(([, value]) => value !== null && value !== undefined && value !== '').map(([name, value]): [string, string] => [name, String(value)])
  // Most addresses of a long page ask for nothing.
  const text = given.length === 0 ? '' : new URLSearchParams(given).toString()
  return `${view.base}${path}${text === '' ? '' : `?${text}`}${anchor === '' ? '' : `#${anchor}`}`
}

export const link = (view: View, path: string, words: Part, query: Query = {}, anchor = ''): Html => html`<a href="${at(view, path, query, anchor)}">${words}</a>`

const PARTS = [['/', 'relationships'], ['/events', 'events'], ['/articles', 'articles'], ['/search', 'search'], ['/review', 'review'], ['/alerts', 'alerts'], ['/add', 'add'], ['/problems', 'problems'], ['/quality', 'quality']] as const

export interface DataLink {
  readonly name: string
  readonly href: string
  /** Media type of a feed, by which readers of feeds find it. */
  readonly feed?: string
}

/** The same list for machines: as JSON, as a table, and as what can be subscribed to. `calendar` where it has days. */
export function listData(view: View, path: string, query: Query, { calendar = true } = {}): DataLink[] {
  const own = { ...query, lang: view.language }
  return [
    { name: 'JSON', href: at(view, path, own) }, { name: 'CSV', href: at(view, path, { ...own, format: 'csv' }) },
    { name: 'Atom', href: at(view, path, { ...own, format: 'atom' }), feed: 'application/atom+xml' }, { name: 'JSON Feed', href: at(view, path, { ...own, format: 'jsonfeed' }), feed: 'application/feed+json' },
    ...(calendar ? [{ name: 'ICS', href: at(view, path, { ...own, format: 'ics' }) }] : []),
  ]
}

export interface Page {
  readonly title: string
  /** Shown above the title. */
  readonly kicker?: Part
  /** The heading, where it is more than the title. */
  readonly heading?: Part
  /** The text below begins with it: for those who hear the page only. */
  readonly hideHeading?: boolean
  readonly lead?: Part
  readonly body: Part
  /** The same data for machines: addresses. */
  readonly data?: readonly DataLink[]
  readonly wide?: boolean
  /** The view can be kept as a search: the link that does it. */
  readonly save?: Html
}

/** The whole document. */
export function render(view: View, { title, kicker, heading, lead, body, data = [], wide = false, hideHeading = false, save }: Page): string {
  const { w, language, direction } = view
  const here = `/${view.path.split('/')[1] ?? ''}`
  const current = here === '/relations' ? '/' : here
  return html`<!doctype html>
<html${attributes({ lang: language, dir: direction })}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Readout</title>
<link rel="stylesheet" href="/desk.css">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
${data.flatMap(({ name, href, feed }) => (feed === undefined ? [] : [html`<link rel="alternate" type="${feed}" title="${title} (${name})" href="${href}">
`]))}<script src="/desk.js" defer></script>
</head>
<body>
<a class="skip" href="#content">${w.skip}</a>
<header class="top">
<p class="mark">${link(view, '/', html`<span dir="ltr" lang="en">Readout</span>`)}${view.project === null ? '' : html` <span class="project">${foreign(view.project.name)}</span>`}</p>
${!view.who.scopes.has('read') ? '' : html`<nav${attributes({ 'aria-label': w.menu })}><ul>${PARTS.map(([path, key]) => html`<li><a${attributes({ href: at(view, path), 'aria-current': path === current ? 'page' : null })}>${w[key]}</a></li>`)}${view.who.name === null ? '' : html`<li><a${attributes({ href: at({ ...view, base: '' }, '/account'), 'aria-current': here === '/account' ? 'page' : null })}><bdi>${view.who.name}</bdi></a></li>`}</ul></nav>`}
${!view.who.scopes.has('read') ? '' : html`<form class="seek" action="${view.base}/search" role="search"><label class="hidden" for="seek">${w['search-words']}</label><input id="seek" name="q" type="search" dir="auto"${attributes({ placeholder: w.search, maxlength: 500 })}>${keep(view)}</form>`}
</header>
<main id="content"${attributes({ class: wide ? 'wide' : null, tabindex: -1 })}>
<div class="head">
${kicker ? html`<p class="kicker">${kicker}</p>` : ''}
<h1${attributes({ class: hideHeading ? 'hidden' : null })}>${heading ?? title}</h1>
${lead ? html`<p class="lead">${lead}</p>` : ''}
</div>
${body}
</main>
<footer class="foot">
${data.length > 0 ? html`<p class="data">${w.data}: ${between(data.map(({ name, href }) => html`<a href="${href}" dir="ltr">${name}</a>`), ' · ')}</p>` : ''}
${save ? html`<p class="data">${save}</p>` : ''}
<nav${attributes({ 'aria-label': w.languages })}><ul class="languages">${view.languages.map(({ code, name, direction: dir }) => html`<li><a${attributes({ href: at({ chosen: true, language: code, base: view.base }, view.path, { ...view.query, lang: null }), hreflang: code, lang: code, dir, 'aria-current': code === language ? 'true' : null })}>${name}</a></li>`)}</ul></nav>
${!view.who.scopes.has('read') ? '' : html`<details class="keys" hidden><summary>${w.keys}</summary><p>${w['keys-about']}</p><p><label class="check"><input type="checkbox" data-keys checked> <span>${w['keys-on']}</span></label></p></details>`}
<p class="small">Readout · ${w.tagline} · <a href="${at(view, '/docs')}">${w.documentation}</a> · <a href="${at(view, '/api')}">${w['api-docs']}</a>${view.projects ? html` · <a href="${at({ ...view, base: '' }, '/projects')}">${w.projects}</a>` : ''}${view.who.scopes.has('admin') ? html` · ${link(view, '/people', view.ui.people.title)} · ${link(view, '/audit', view.ui.people.audit)}` : ''}</p>
</footer>
</body>
</html>
`.text
}

/** The language as a field of a form, where it was chosen. */
export const keep = (view: View): Html => (view.chosen ? html`<input type="hidden" name="lang"${attributes({ value: view.language })}>` : html``)

/** The hidden fields of every form that changes something. */
export const posting = (view: View): Html => html`<input type="hidden" name="token" value="${view.token()}">${keep(view)}`

/** A state, body or person by key, in the reader's language. */
export function nameOf(view: View, key: string): string {
  const { lines } = view.writers
  if (/^[A-Z]{3}$/u.test(key)) return lines.name(`state:${key}`, view.desk.knowledge.gazetteer.states.get(key)?.name ?? key)
  return lines.name(key, view.desk.names.get(key)?.name ?? key.slice(key.indexOf(':') + 1))
}

/** A language's name in the reader's. */
export const languageName = (view: View, code: string): string => new Intl.DisplayNames([view.writers.templates.locale], { type: 'language', fallback: 'code' }).of(code) ?? code

/** A class for a balance from conflict to cooperation. */
export const shade = (balance: number): string => (balance <= -4 ? 'm2' : balance < -0.5 ? 'm1' : balance <= 0.5 ? 'z' : balance < 4 ? 'p1' : 'p2')

/** Where a relationship is shown. */
export const pairPath = ({ pair: [a, b] }: { readonly pair: readonly [string, string] }): string => `/relations/${a}-${b}`

/** A number as the language writes it. */
export const number = (view: View, value: number, digits = 0): string => numberFormat(view.writers.templates.locale, { maximumFractionDigits: digits, minimumFractionDigits: digits }).format(value)

export const typeName = (view: View, type: string): string => (view.ui.types as Readonly<Record<string, string>>)[type] ?? type

/** The PLOVER code, always from left to right. */
export const code = ({ type, mode }: Pick<WorldEvent, 'type' | 'mode'>): Html => html`<code dir="ltr">${type}${mode === null ? '' : `-${mode}`}</code>`

/** Cooperation or conflict, as a class and a word. */
export const toneOf = (quadClass: string): 'cooperation' | 'conflict' => (quadClass.endsWith('cooperation') ? 'cooperation' : 'conflict')

/** Text of the reader's language with a foreign name inside. */
export const isolated = (view: View, text: string): string => isolateIn(view.direction, text)

/** The next page of a list, and the way back. */
export function pager(view: View, path: string, query: Query, next: string | null): Html {
  const cursor = query['cursor']
  if (next === null && !cursor) return html``
  return html`<p class="pager">${cursor ? link(view, path, view.w['start-again'], { ...query, cursor: null }) : ''} ${next === null ? '' : link(view, path, view.w['next-page'], { ...query, cursor: next })}</p>`
}

/** A drop-down in a form of filters. */
export function select(name: string, label: string, options: readonly (readonly [value: string, words: string])[], chosen: string | undefined): Html {
  return html`<label><span>${label}</span><select name="${name}">${options.map(([value, words]) => html`<option${attributes({ value, selected: value === (chosen ?? '') })}>${words}</option>`)}</select></label>`
}

/** A date field in a form of filters. */
export const dateField = (name: string, label: string, value: string | undefined): Html => html`<label><span>${label}</span><input type="date" name="${name}"${attributes({ value })}></label>`
