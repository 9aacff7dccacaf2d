/** Our own Markdown to HTML: headings with anchors, links among the pages, tables that scroll. Raw HTML in it is shown, not run. */
import { Marked, type Token } from 'marked'
import { attributes, Html, html } from '../html.ts'

export interface Written {
  readonly title: string
  readonly body: Html
  readonly headings: readonly { readonly id: string; readonly text: string }[]
}

/** The anchor of a heading, as others write it. */
export const anchorOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}\s-]/gu, '').trim().replace(/\s+/gu, '-')

const wordsOf = (rendered: string): string => rendered.replace(/<[^>]*>/gu, '').replace(/&quot;/gu, '"').replace(/&#39;/gu, "'").replace(/&lt;/gu, '<').replace(/&gt;/gu, '>').replace(/&amp;/gu, '&')

/** Renders a page. `resolve` gives the address a link leads to; null for one that leads to no page, whose words are shown alone. */
export function markdownToHtml(source: string, resolve: (href: string) => string | null): Written {
  const headings: { id: string; text: string }[] = []
  let title = ''
  const marked = new Marked({
    gfm: true,
    renderer: {
      heading({ tokens, depth }) {
        const inner = this.parser.parseInline(tokens)
        const text = wordsOf(inner)
        if (depth === 1) {
          title ||= text
          return ''
        }
        const base = anchorOf(text)
        const count = headings.filter(({ id }) => id === base || id.startsWith(`${base}-`)).length
        const id = count === 0 ? base : `${base}-${count}`
        if (depth === 2) headings.push({ id, text })
        return `<h${depth}${attributes({ id }).text}>${inner}</h${depth}>\n`
      },
      link({ href, tokens }) {
        const inner = this.parser.parseInline(tokens)
        const to = /^https?:/u.test(href) ? href : resolve(href)
        return to === null ? inner : `<a${attributes({ href: to, rel: /^https?:/u.test(to) ? 'noreferrer external' : null }).text}>${inner}</a>`
      },
      image({ href, text }) {
        const to = resolve(href)
        return to === null ? html`${text}`.text : `<img${attributes({ src: to, alt: text, loading: 'lazy' }).text}>`
      },
      table({ header, rows }) {
        const cell = (tag: string, { tokens, align }: { tokens: Token[]; align: string | null }): string => `<${tag}${attributes({ class: align === 'right' ? 'n' : null, scope: tag === 'th' ? 'col' : null }).text}>${this.parser.parseInline(tokens)}</${tag}>`
        return `<div class="scroll" tabindex="0" role="region" aria-label="${wordsOf(this.parser.parseInline(header[0]?.tokens ?? [])) || 'table'}"><table><thead><tr>${header.map((one) => cell('th', one)).join('')}</tr></thead><tbody>${rows.map((row) => `<tr>${row.map((one) => cell('td', one)).join('')}</tr>`).join('')}</tbody></table></div>\n`
      },
      code({ text }) {
        return html`<pre tabindex="0"><code>${text}</code></pre>\n`.text
      },
      html({ text }) {
        return /^\s*<!--[\s\S]*-->\s*$/u.test(text) ? '' : html`${text}`.text
      },
    },
  })
  const body = marked.parse(source, { async: false })
  return { title, body: new Html(body), headings }
}
