/** What kind of text an input is: by its media type, else by how it begins. */
export type TextKind = 'html' | 'json' | 'mail' | 'markdown' | 'text'

const HEADERS = /^(?:from|to|subject|date|received|return-path|message-id|mime-version|content-type|reply-to|delivered-to|dkim-signature)\s*:/iu

function looksLikeMail(text: string): boolean {
  let headers = 0
  for (const line of text.slice(0, 4000).split(/\r?\n/u)) {
    if (line === '') break
    if (/^\s/u.test(line) && headers > 0) continue
    if (/^From \S+/u.test(line) || HEADERS.test(line)) headers++
    else if (!/^[\w-]+:/u.test(line)) return false
  }
  return headers >= 3
}

/** The kind of an input. A declared type is believed unless the text plainly is a whole HTML page. */
export function kindOf(text: string, mediaType: string | null, url: string | null): TextKind {
  const head = text.slice(0, 2000).replace(/^[\s\ufeff]+/u, '')
  const type = (mediaType ?? '').toLowerCase().split(';')[0]?.trim() ?? ''
  const ending = /\.([a-z]{2,8})(?:[?#]|$)/iu.exec(url ?? '')?.[1]?.toLowerCase() ?? ''
  if (/^(?:<!--[\s\S]{0,500}?-->\s*)?(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body)\b/iu.test(head)) return 'html'
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'html'
  if (type === 'message/rfc822' || ending === 'eml') return 'mail'
  if (/json$/u.test(type)) return 'json'
  if (type === 'text/markdown' || type === 'text/x-markdown' || ending === 'md' || ending === 'markdown') return 'markdown'
  if (/^[[{]/u.test(head)) {
    try {
      JSON.parse(text)
      return 'json'
    } catch {
      // Text that begins with a bracket.
    }
  }
  if (looksLikeMail(head)) return 'mail'
  const tags = head.match(/<\/?(?:p|div|span|a|article|section|h[1-6]|ul|li|br|img|table|script|meta|title|b|figure)\b[^>]*>/giu)?.length ?? 0
  if (tags >= 2 && (/^</u.test(head) || tags >= 6)) return 'html'
  if (type === 'text/plain') return 'text'
  if (/^---\s*\n[\s\S]{0,1500}?\n---\s*\n/u.test(head) || /^#{1,3} \S/u.test(head) || (head.match(/\]\(https?:/gu)?.length ?? 0) >= 2) return 'markdown'
  return 'text'
}
