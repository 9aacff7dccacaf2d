/** Whose voice a publication is: `gazetteer/sites.tsv` by host, state media of `gazetteer/media.tsv` by name in any language. */
import { join } from 'node:path'
import { loadMediaNames } from './names.ts'
import { KnowledgeError, readTable } from './tables.ts'

export interface Voices {
  /** The state whose government or state medium speaks at this address; null for others. */
  ofHost(url: string | null): string | null
  /** The state whose medium bears this name; null for independent media and unknown names. */
  ofMedium(name: string | null): string | null
  /** Whether the gazetteer knows the medium at all. */
  knows(name: string): boolean
}

const plain = (name: string): string => name.trim().toLowerCase().replace(/\s+/gu, ' ')

/** Loads the voices. `languageFolders` are the folders whose name tables are searched for what media are called. Throws KnowledgeError naming file and line. */
export function loadVoices(gazetteer: string, languageFolders: readonly string[], iso2: ReadonlyMap<string, string>): Voices {
  const hosts = new Map<string, string>()
  const states = new Set(iso2.values())
  const file = join(gazetteer, 'sites.tsv')
  for (const row of readTable(file, ['host', 'country'])) {
    const country = row.get('country')
    if (country !== '=' && !states.has(country)) throw new KnowledgeError(file, row.line, `no state '${country}' in states.tsv`)
    hosts.set(row.get('host'), country)
  }
  const media = new Map<string, string | null>()
  const byId = new Map<string, string | null>()
  for (const row of readTable(join(gazetteer, 'media.tsv'), ['id', 'name', 'country', 'state'])) {
    const state = row.get('state') === 'yes' && row.get('country') !== '' ? row.get('country') : null
    media.set(plain(row.get('name')), state)
    byId.set(row.get('id'), state)
  }
  for (const folder of languageFolders) {
    for (const { id, text } of loadMediaNames(folder)) if (byId.has(id) && !media.has(plain(text))) media.set(plain(text), byId.get(id) ?? null)
  }
  return {
    ofHost(url) {
      const host = hostOf(url)
      if (host === null) return null
      const labels = host.split('.')
      for (let at = 0; at < labels.length; at++) {
        const exact = hosts.get(labels.slice(at).join('.'))
        if (exact !== undefined && exact !== '=') return exact
      }
      const [kind, top] = labels.slice(-2)
      return hosts.get(`*.${kind}`) === '=' ? (iso2.get((top ?? '').toUpperCase()) ?? null) : null
    },
    ofMedium: (name) => (name === null ? null : (media.get(plain(name)) ?? null)),
    knows: (name) => media.has(plain(name)),
  }
}

function hostOf(url: string | null): string | null {
  if (url === null) return null
  try {
    return new URL(url).hostname.toLowerCase().replace(/\.$/u, '')
  } catch {
    return null
  }
}
