/** Trains the word analysis of a language from the treebanks: `tsx scripts/train-parser.ts CODE`. Prints the scores on held-out text and writes the weights. */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { loadLanguage } from '../src/knowledge/language.ts'
import { encodeWeights, type Weights } from '../src/text/analysis/table.ts'
import { createTokenizer } from '../src/text/tokenize.ts'
import { RECIPES } from './train/recipes.ts'
import { score } from './train/score.ts'
import { AFTER, BEFORE, describeWord, WORD_LIST_BITS } from '../src/text/analysis/words.ts'
import { trainParser } from './train/parsing.ts'
import { tagUnseen, trainTagger } from './train/tagging.ts'
import { readTreebank, type Example } from './train/treebank.ts'

const root = join(import.meta.dirname, '..')
const treebanks = process.env.TREEBANKS ?? join(root, '..', 'shared', 'treebanks')
const code = process.argv[2] ?? ''
const recipe = RECIPES[code]
if (!recipe || !existsSync(treebanks)) {
  console.error(recipe ? `no treebanks in ${treebanks}; set TREEBANKS` : `usage: tsx scripts/train-parser.ts ${Object.keys(RECIPES).join('|')}`)
  process.exit(2)
}
const settings = recipe
const started = Date.now()
const log = (line: string): void => console.log(`${((Date.now() - started) / 1000).toFixed(0).padStart(4)} s  ${line}`)
const folder = join(root, 'languages', code)
const tokenizer = createTokenizer(loadLanguage(folder).settings)
const load = (name: string): Example[] => {
  const { examples, left } = readTreebank(join(treebanks, code, `${name}.conllu.gz`), tokenizer)
  log(`${name}: ${examples.length} sentences, ${examples.reduce((sum, example) => sum + example.words.length, 0)} tokens, ${left} left out`)
  return examples
}
const examples = settings.train.flatMap(load)
const tags = [...new Set(examples.flatMap((example) => example.tags))].sort()
log(`${tags.length} tags`)
const tagger = trainTagger(examples, tags, settings)
const tag = tagger.model.finish(settings.keep.tag)
const words = { bits: WORD_LIST_BITS, classes: 1, weights: tagger.list }
log('tagger trained')
const weights: Weights = settings.parse ? { ...parse(), tags, words, tag } : { tags, relations: [], words, tag, moves: null, relation: null }
const bytes = encodeWeights(weights)
const packed = gzipSync(bytes, { level: 9 })
writeFileSync(join(folder, 'parser.bin.gz'), packed)
log(`${(packed.length / 1e6).toFixed(2)} MB`)
for (const name of settings.test) log(`${name}: ${score(bytes, load(name))}`)

function parse(): Pick<Weights, 'relations' | 'moves' | 'relation'> {
  const relations = [...new Set(examples.flatMap((example) => example.relations))].sort()
  const unseen = tagUnseen(examples, tags, { ...settings, tagEpochs: Math.ceil(settings.tagEpochs / 2) }, 4)
  log(`${relations.length} relations; tags of unseen text made`)
  const ready = examples.map((example, index) => ({
    words: [BEFORE, BEFORE, ...example.words, AFTER, AFTER].map((word) => describeWord(word, settings.tagBits, tagger.list)),
    tags: unseen[index] ?? new Int32Array(0),
    heads: example.heads.map((head) => (head < 0 ? example.heads.length : head)),
    relations: example.relations.map((relation) => relations.indexOf(relation)),
  }))
  const trained = trainParser(ready, { relations: relations.length, moveBits: settings.moveBits, relationBits: settings.relationBits, epochs: settings.parseEpochs, drop: settings.parseDrop }, log)
  return { relations, moves: trained.moves.finish(settings.keep.moves), relation: trained.relation.finish(settings.keep.relation) }
}
