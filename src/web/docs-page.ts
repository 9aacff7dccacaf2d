/** The documentation, in the frame of the desk. It is written in English. */
import { type Manual, PARTS } from './docs/manual.ts'
import { attributes, html, type Html } from './html.ts'
import { at, type Page, type View } from './view.ts'

/** The list of pages, by part. */
export function manualIndex(manual: Manual, current: string, address: (id: string) => string): Html {
  return html`<nav class="manual" aria-label="Documentation">${PARTS.map((part) => html`<section><h2>${part}</h2><ul class="plain">${manual.pages.filter((page) => page.part === part).map(({ id }) => html`<li><a${attributes({ href: address(id), 'aria-current': id === current ? 'page' : null })}>${manual.title(id)}</a></li>`)}</ul></section>`)}</nav>`
}

/** One page of the documentation; the first when none is named. Null when there is none of that id. */
export function docsPage(view: View, manual: Manual, id: string): Page | null {
  const address = (to: string): string => (to.startsWith('images/') ? `${view.base}/docs/${to}` : at(view, `/docs/${to}`))
  const written = manual.write(id, address)
  if (!written) return null
  return {
    title: written.title, heading: html`<bdi lang="en" dir="ltr">${written.title}</bdi>`, wide: true,
    body: html`<div class="docs" lang="en" dir="ltr">${manualIndex(manual, id, address)}<article class="prose">${written.headings.length > 3 ? html`<ul class="contents">${written.headings.map(({ id: anchor, text }) => html`<li><a href="#${anchor}">${text}</a></li>`)}</ul>` : ''}${written.body}</article></div>`,
  }
}
