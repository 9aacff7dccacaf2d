import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const root = new URL('../', import.meta.url)
const languages = ['ar', 'en', 'es', 'fr', 'ru', 'vi', 'zh']
// A presidency of three members, joint rulers, rival governments in a civil war, a federation beside its republic: several heads at once.
const severalHeads = new Set(['AFG', 'BIH', 'NIC', 'SRB'])
const today = '2026-11-30'

type Row = Readonly<Record<string, string>>

function table(path: string): readonly Row[] {
  const lines = readFileSync(new URL(path, root), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const header = (lines[0] ?? '').split('\t')
  return lines.slice(1).map((line) => {
    const cells = line.split('\t')
    expect(cells.length, `${path}: ${line}`).toBe(header.length)
    return Object.fromEntries(header.map((column, index) => [column, cells[index] ?? '']))
  })
}

const people = table('gazetteer/people.tsv')
const terms = table('gazetteer/terms.tsv')
const states = table('gazetteer/states.tsv')
const names = new Map(languages.map((language) => [language, table(`languages/${language}/names/people.tsv`)]))
const ids = new Set(people.map((row) => row.id))
const offices = new Set(table('ontology/offices.tsv').map((row) => row.id))

const first = (date: string): string => (date.length === 4 ? `${date}-01-01` : date.length === 7 ? `${date}-01` : date)
const last = (date: string): string => (date.length === 4 ? `${date}-12-31` : date.length === 7 ? `${date}-28` : date)
const days = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000

/** Who held an office on a day, by the widest reading of the dates. */
function holders(office: string, country: string, day: string): string[] {
  return terms
    .filter((term) => term.office === office && term.country === country)
    .filter((term) => term.from !== '' && first(term.from ?? '') <= day && (term.to === '' || last(term.to ?? '') >= day))
    .map((term) => term.person ?? '')
    .sort()
}

const sorted = (values: readonly string[]): string[] => [...values].sort()

describe('people of the gazetteer', () => {
  it('has unique, sorted slugs', () => {
    const list = people.map((row) => row.id ?? '')
    expect(new Set(list).size).toBe(list.length)
    expect(list).toEqual(sorted(list))
    expect(list.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([])
  })

  it('gives every person a known state and a gender', () => {
    const known = new Set(states.map((row) => row.id))
    expect(people.filter((row) => !known.has(row.country) || !/^[mf]$/.test(row.gender ?? '')).map((row) => row.id)).toEqual([])
  })

  it('knows thousands of people', () => expect(people.length).toBeGreaterThan(3000))
})

describe('terms of office', () => {
  it('speak of people and offices that exist', () => {
    expect(terms.filter((term) => !ids.has(term.person)).map((term) => term.person)).toEqual([])
    expect([...new Set(terms.map((term) => term.office))].filter((office) => !offices.has(office))).toEqual([])
  })

  it('are sorted by person and never doubled', () => {
    const list = terms.map((term) => term.person ?? '')
    expect(list).toEqual(sorted(list))
    const whole = terms.map((term) => Object.values(term).join('\t'))
    expect(new Set(whole).size).toBe(whole.length)
  })

  it('have EDTF dates that exist and do not end before they begin', () => {
    const wrong = terms.filter((term) => {
      const dates = [term.from ?? '', term.to ?? ''].filter((date) => date !== '')
      const bad = dates.some((date) => !/^\d{4}(-\d\d(-\d\d)?)?$/.test(date) || Number.isNaN(Date.parse(first(date))) || new Date(first(date)).toISOString().slice(0, 10) !== first(date) || first(date) > today)
      return bad || (dates.length === 2 && first(term.from ?? '') > last(term.to ?? ''))
    })
    expect(wrong).toEqual([])
  })

  it.each(['head-of-government', 'head-of-state'])('never have two holders of %s side by side for a year', (office) => {
    const clashes: string[] = []
    const held = terms.filter((term) => term.office === office && term.from !== '' && !severalHeads.has(term.country ?? ''))
    for (const [index, one] of held.entries()) {
      for (const other of held.slice(index + 1)) {
        if (one.country !== other.country || one.person === other.person) continue
        const from = [last(one.from ?? ''), last(other.from ?? '')].sort()[1] ?? ''
        const to = [one.to, other.to].map((date) => (date ? first(date) : today)).sort()[0] ?? ''
        if (days(from, to) > 365) clashes.push(`${one.country} ${one.person} ${other.person}`)
      }
    }
    expect(clashes).toEqual([])
  })

  it('leave no member of the United Nations without a head for most of the years since 2000', () => {
    const poor = states.filter((state) => state.kind === 'un-member').filter((state) => {
      const years = Array.from({ length: 26 }, (_, index) => `${2000 + index}-07-01`)
      const headed = years.filter((day) => holders('head-of-state', state.id ?? '', day).length + holders('head-of-government', state.id ?? '', day).length > 0)
      return headed.length < 14
    })
    // San Marino changes its two captains every half year; South Sudan exists since 2011.
    expect(poor.map((state) => state.id)).toEqual(['SMR'])
  })

  it.each([
    ['head-of-state', 'USA', '2003-03-20', 'george-w-bush'],
    ['head-of-state', 'USA', '2016-06-01', 'barack-obama'],
    ['head-of-state', 'FRA', '2009-02-01', 'nicolas-sarkozy'],
    ['head-of-government', 'DEU', '2004-05-01', 'gerhard-schroder'],
    ['head-of-government', 'DEU', '2022-03-01', 'olaf-scholz'],
    ['head-of-government', 'GBR', '2008-10-01', 'gordon-brown'],
    ['head-of-state', 'RUS', '2010-04-08', 'dmitry-medvedev'],
    ['head-of-state', 'CHN', '2008-08-08', 'hu-jintao'],
    ['head-of-government', 'JPN', '2015-01-01', 'shinzo-abe'],
    ['head-of-government', 'IND', '2010-01-01', 'manmohan-singh'],
    ['head-of-state', 'IRN', '2007-01-01', 'mahmoud-ahmadinejad'],
    ['head-of-state', 'EGY', '2013-01-01', 'mohamed-morsi'],
    ['head-of-government', 'ISR', '2002-06-01', 'ariel-sharon'],
    ['head-of-state', 'BRA', '2012-01-01', 'dilma-rousseff'],
    ['head-of-state', 'ZWE', '2005-01-01', 'robert-mugabe'],
    ['head-of-state', 'KEN', '2019-01-01', 'uhuru-kenyatta'],
    ['head-of-government', 'ETH', '2010-01-01', 'meles-zenawi'],
    ['head-of-government', 'AUS', '2020-01-01', 'scott-morrison'],
    ['head-of-government', 'PAK', '2019-01-01', 'imran-khan'],
    ['foreign-minister', 'USA', '2014-01-01', 'john-kerry'],
    ['foreign-minister', 'SAU', '2005-01-01', 'saud-al-faisal'],
    ['secretary-general', 'united-nations', '2003-01-01', 'kofi-annan'],
    ['secretary-general', 'nato', '2015-01-01', 'jens-stoltenberg'],
  ])('say who was %s of %s on %s', (office, country, day, person) => {
    expect(holders(office, country, day)).toEqual([person])
  })

  it('say that some had left or had not come yet', () => {
    expect(holders('head-of-state', 'USA', '2022-06-01')).not.toContain('donald-trump')
    expect(holders('head-of-government', 'DEU', '2022-03-01')).not.toContain('angela-merkel')
    expect(holders('head-of-state', 'SYR', '2025-06-01')).not.toContain('bashar-al-assad')
    expect(holders('head-of-state', 'LBY', '2012-01-01')).not.toContain('muammar-gaddafi')
    expect(holders('head-of-government', 'GBR', '2024-12-01')).not.toContain('rishi-sunak')
  })
})

describe.each(languages)('names of people in %s', (language) => {
  const rows = names.get(language) ?? []

  it('are sorted, unique and belong to people that exist', () => {
    const list = rows.map((row) => row.id ?? '')
    expect(list).toEqual(sorted(list))
    expect(new Set(list).size).toBe(list.length)
    expect(list.filter((id) => !ids.has(id))).toEqual([])
  })

  it('cover nearly everyone', () => expect(rows.length).toBeGreaterThan(people.length * 0.97))

  it('have no empty, doubled or padded name and begin with one that counts alone', () => {
    const bad = rows.filter((row) => {
      const list = (row.names ?? '').split('|')
      return list.some((name) => name.trim() !== name || name === '' || name === '?') || new Set(list.map((name) => name.replace(/\?$/, ''))).size !== list.length || (list[0] ?? '').endsWith('?')
    })
    expect(bad).toEqual([])
  })

  it('mark a bare one-word name as weak when two people bear it', () => {
    const bearers = new Map<string, Set<string>>()
    const each = (visit: (id: string, name: string, index: number) => void): void => {
      for (const row of rows) for (const [index, name] of (row.names ?? '').split('|').entries()) visit(row.id ?? '', name, index)
    }
    each((id, name) => {
      const bare = name.replace(/\?$/, '')
      bearers.set(bare, (bearers.get(bare) ?? new Set()).add(id))
    })
    const strong: string[] = []
    each((id, name, index) => {
      if (index > 0 && !/[\s·?]/.test(name) && (bearers.get(name)?.size ?? 0) > 1) strong.push(`${id} ${name}`)
    })
    expect(strong).toEqual([])
  })

  it('are written in the script of the language', () => {
    const script = language === 'ar' ? /\p{Script=Arabic}/u : language === 'ru' ? /\p{Script=Cyrillic}/u : language === 'zh' ? /\p{Script=Han}/u : /\p{Script=Latin}/u
    expect(rows.filter((row) => !script.test((row.names ?? '').split('|')[0] ?? '')).map((row) => row.id)).toEqual([])
    // A letter of another alphabet that only looks right would never match.
    const mixed = /[\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Han}]\p{Script=Latin}|\p{Script=Latin}[\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Han}]/u
    expect(rows.filter((row) => mixed.test(row.names ?? '')).map((row) => row.id)).toEqual([])
  })
})

describe('English names of people', () => {
  it('are there for every person', () => {
    const named = new Set((names.get('en') ?? []).map((row) => row.id))
    expect(people.filter((row) => !named.has(row.id)).map((row) => row.id)).toEqual([])
  })

  it.each([
    ['en', 'angela-merkel', 'Angela Merkel'],
    ['ar', 'vladimir-putin', 'فلاديمير بوتين'],
    ['ru', 'emmanuel-macron', 'Эммануэль Макрон'],
    ['zh', 'donald-trump', '特朗普'],
    ['vi', 'xi-jinping', 'Tập Cận Bình'],
    ['es', 'ali-khamenei', 'Alí Jamenei'],
    ['fr', 'muammar-gaddafi', 'Mouammar Kadhafi'],
  ])('have their fellows: %s calls %s %s', (language, id, name) => {
    const row = (names.get(language) ?? []).find((candidate) => candidate.id === id)
    expect((row?.names ?? '').split('|')).toContain(name)
  })
})
