/** Writing foreign text safely into Markdown, HTML and CSV. */

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/gu, (character) => HTML[character] ?? character)

/** Takes their meaning from the marks of Markdown, so that a quote stays what it was. */
export const escapeMarkdown = (text: string): string => text.replace(/\s+/gu, ' ').replace(/[\\`*_{}[\]<>#|~]/gu, '\\$&')

/** An address that may be linked to, in its normal form; null for anything that is not of the web. */
export function webAddress(url: string | null): string | null {
  if (url === null || !/^https?:/iu.test(url)) return null
  try {
    return new URL(url).href
  } catch {
    return null
  }
}

/** One line of RFC 4180. Text that a spreadsheet would run as a formula is led by an apostrophe. */
export function csvLine(cells: readonly unknown[]): string {
  return `${cells.map((cell) => {
    if (cell === null || cell === undefined) return ''
    const text = typeof cell === 'string' && /^[=+\-@\t\r]/u.test(cell) ? `'${cell}` : String(cell)
    return /[",\r\n]/u.test(text) ? `"${text.replace(/"/gu, '""')}"` : text
  }).join(',')}\r\n`
}

const STYLE = 'body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}time{font-weight:600}blockquote{margin:.25rem 0 .75rem;padding-inline-start:.75rem;border-inline-start:3px solid #bbb;color:#444}blockquote p{margin:0}footer,.remark,code{font-size:.85rem;color:#555}li{margin-block:1rem}table{border-collapse:collapse;width:100%}td,th{vertical-align:top;text-align:start;padding:.4rem;border-bottom:1px solid #ddd}@media (prefers-color-scheme:dark){body{color:#eee;background:#161616}blockquote,footer,.remark,code{color:#bbb}a{color:#8ab4f8}}'

/** A whole HTML page without scripts that can be read, printed and sent by itself. `body` is HTML already. */
export function page(title: string, language: string, direction: string, body: string): string {
  return `<!doctype html>\n<html lang="${escapeHtml(language)}" dir="${direction}">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>${escapeHtml(title)}</title>\n<style>${STYLE}</style>\n</head>\n<body>\n<main>\n<h1>${escapeHtml(title)}</h1>\n${body}\n</main>\n</body>\n</html>\n`
}
