/** The story's blocks put right after the extractors: the lead they left on the page, and lines that only lead to other pages. */
import { key } from './phrases.ts'
import type { Block, PageScan } from './scan.ts'
import { isProse, width } from './sift.ts'

/** Letters by which a block is known again. */
const KNOWN = 40
/** A block of which this share is a link is the link's words. */
const ALL_LINK = 0.95
/** The same behind a label ("More on this | …"). */
const LABEL_LINK = 0.5
const LABELLED = /^[^|｜:：.!?。]{3,40}\s?[|｜]\s?\S/u
/** What stands on a page so often, and is not very short or long, is said by the page and not by the story. */
const REFRAIN = 3
const REFRAIN_LEAST = 12
const REFRAIN_MOST = 100
const LONG_LINK = 24
/** How far above the story its lead may stand. */
const REACH = 40
/** How far behind the story's first line, where that line is only a stamp or a name. */
const AFTER = 4
const SHORT_LEAD = 20

const beginning = (text: string): string => key(text).slice(0, KNOWN)

/** True for a line of several words that is one link: the headline of another story, or an invitation. Names and sources that are linked are shorter. */
function leadsAway(block: Block): boolean {
  return (block.links >= ALL_LINK || (block.links >= LABEL_LINK && LABELLED.test(block.text) && !isProse(block.text))) && !/^h[1-6]$/u.test(block.tag) && width(block.text) >= LONG_LINK && /[\s\p{Script=Han}\p{Script=Hiragana}]/u.test(block.text) && !/[.。։।۔]["”»]?$/u.test(block.text)
}

/** The paragraph above the story that one of the page's own descriptions begins with; null when there is none, or the story has it. */
function leadAbove(story: readonly Block[], scan: PageScan, facts: StoryFacts): Block | null {
  const first = story.find((block) => isProse(block.text))
  if (!first) return null
  const wanted = beginning(first.text)
  const start = scan.blocks.findIndex((block) => beginning(block.text) === wanted)
  const told = new Set(story.map((block) => beginning(block.text)))
  if (facts.title !== null) told.add(beginning(facts.title))
  const summaries = new Set(facts.descriptions.map(beginning).filter((summary) => summary.length >= SHORT_LEAD))
  return scan.blocks.slice(Math.max(0, start - REACH), start + AFTER).find((block) => !block.aside && summaries.has(beginning(block.text)) && !told.has(beginning(block.text))) ?? null
}

/** Tables, lists and headings of a story repeat their words. */
const isRefrain = (block: Block, repeated: ReadonlySet<string>): boolean => repeated.has(block.text) && !/^(?:t[dh]|li|d[dt]|h[1-6])$/u.test(block.tag)

/** Lines that come back again and again. */
export function refrainsOf(lines: readonly string[]): Set<string> {
  const seen = new Map<string, number>()
  for (const line of lines) if (line.length <= REFRAIN_MOST && width(line) >= REFRAIN_LEAST) seen.set(line, (seen.get(line) ?? 0) + 1)
  return new Set([...seen].filter(([, count]) => count >= REFRAIN).map(([line]) => line))
}

export interface StoryFacts { readonly title: string | null; readonly descriptions: readonly string[] }

/** The story's blocks in order, with its lead; lines that lead away and lines the page repeats come back apart. */
export function putRight(story: readonly Block[], scan: PageScan, facts: StoryFacts): { readonly blocks: readonly Block[]; readonly away: readonly Block[]; readonly refrains: readonly Block[] } {
  const lead = leadAbove(story, scan, facts)
  const repeated = refrainsOf(scan.blocks.map((block) => block.text))
  const away = story.filter(leadsAway)
  const refrains = story.filter((block) => !leadsAway(block) && isRefrain(block, repeated))
  const rest = story.filter((block) => !leadsAway(block) && !isRefrain(block, repeated))
  return { blocks: lead === null ? rest : [lead, ...rest], away, refrains }
}
