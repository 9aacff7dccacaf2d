/** What the parser looks at: rows of hashed features of a state, for the next move and for the relation of a link. */
import type { ParseState } from './state.ts'
import { roomFor, rowsOf, templatesOf } from './templates.ts'

/** The most rows either function writes. */
export const PARSE_ROWS = 96

/*
 * Facts are named by place and kind. Places: s0, s1, s2 from the top of the stack down, b0, b1, b2 from the front on; l and r behind them the
 * outermost dependent on that side, l2 and r2 the second. Kinds: w word, t tag, x suffix, r relation, h relations of the dependents, v their number.
 */
const MOVE_FACTS = [
  's0w', 's0t', 's0x', 's0h', 's0v', 's1w', 's1t', 's1x', 's1h', 's1v', 's2w', 's2t',
  'b0w', 'b0t', 'b0x', 'b0h', 'b0v', 'b1w', 'b1t', 'b2t',
  's0lw', 's0lt', 's0lr', 's0l2t', 's0rw', 's0rt', 's0rr', 's0r2t', 's1lt', 's1rt', 's1rr', 's1r2t',
  'b0lw', 'b0lt', 'b0l2t', 'gap', 'gap1',
] as const

const MOVE_TEMPLATES = templatesOf(MOVE_FACTS, [
  [100], [101, 's0w'], [102, 's0t'], [103, 's0w', 's0t'], [104, 's1w'], [105, 's1t'], [106, 's1w', 's1t'], [107, 's2w', 's2t'], [108, 's2t', 's1t'],
  [109, 'b0w'], [110, 'b0t'], [111, 'b0w', 'b0t'], [112, 'b1w', 'b1t'], [113, 'b1t', 'b2t'], [114, 'b1w', 'b0t'],
  // Pairs.
  [120, 's0w', 'b0w'], [121, 's0w', 'b0t'], [122, 's0t', 'b0w'], [123, 's0t', 'b0t'], [124, 's0w', 's0t', 'b0t'], [125, 's0t', 'b0w', 'b0t'],
  [126, 's1w', 's0w'], [127, 's1w', 's0t'], [128, 's1t', 's0w'], [129, 's1t', 's0t'], [130, 's1w', 'b0w'], [131, 's1t', 'b0t'],
  [132, 's1w', 'b0t', 's0t'], [133, 's1t', 'b0w', 's0t'], [134, 's0x', 'b0t', 's0t'], [135, 'b0x', 's0t', 'b0t'], [136, 's1x', 's0x'],
  [137, 's0x', 'b0x'],
  // Triples.
  [140, 's0t', 'b0t', 'b1t'], [141, 's1t', 's0t', 'b0t'], [142, 's2t', 's1t', 's0t'], [143, 'b0t', 'b1t', 'b2t'], [144, 's0w', 'b0t', 'b1t'],
  [145, 's1t', 's0w', 'b0t'], [146, 's1t', 's0t', 'b0w'], [147, 's1t', 'b0t', 'b1t'],
  // Dependents.
  [150, 's0t', 's0lt', 'b0t'], [151, 's0t', 's0rt', 'b0t'], [152, 's0t', 'b0t', 'b0lt'], [153, 's1t', 's0t', 's0lt'], [154, 's1t', 's0t', 's0rt'],
  [155, 's1t', 's1rt', 's0t'], [156, 's1t', 's1lt', 's0t'], [157, 's0t', 's0lt', 's0l2t'], [158, 's0t', 's0rt', 's0r2t'],
  [159, 'b0t', 'b0lt', 'b0l2t'], [160, 's1t', 's1rt', 's1r2t'], [161, 's0lw', 's0t', 'b0t'], [162, 's0lw', 's1t', 's0t'], [163, 'b0lw', 's0t', 'b0t'],
  [164, 's0rw', 's0t', 'b0t'], [165, 's0lw', 's1w'],
  // Relations held, number of dependents, distance.
  [170, 's0h', 's0t'], [171, 's0h', 's0w'], [172, 's1h', 's1t'], [173, 's1h', 's1w', 's0t'], [174, 'b0h', 'b0t'], [175, 's0h', 'b0h', 's0t'],
  [176, 's1h', 's0h', 's1t'], [177, 's0lr', 's0t', 'b0t'], [178, 's0rr', 's0t', 'b0t'], [179, 's1rr', 's1t', 's0t'], [180, 's0v', 's0t'],
  [181, 's0v', 's0w'], [182, 's1v', 's1t'], [183, 'b0v', 'b0t'], [184, 's1v', 's1w'], [185, 'gap', 's0t', 'b0t'], [186, 'gap', 's0w'],
  [187, 'gap', 'b0w'], [188, 'gap1', 's1t', 's0t'], [189, 'gap1', 's1w'], [190, 's0h', 's0t', 'b0t'], [191, 's1h', 's1t', 's0t'],
])

const moveFacts = roomFor(MOVE_FACTS)

/** Rows for the choice of the next move; gives how many. */
export function moveRows(state: ParseState, bits: number, out: Int32Array): number {
  const { word, tag, suffix, relation, left1, left2, right1, right2, lefts, rights, held, none } = state
  const s0 = state.onStack(0)
  const s1 = state.onStack(1)
  const s2 = state.onStack(2)
  const b0 = state.onFront(0)
  const b1 = state.onFront(1)
  const b2 = state.onFront(2)
  const s0l = left1[s0] ?? none
  const s0r = right1[s0] ?? none
  const s1l = left1[s1] ?? none
  const s1r = right1[s1] ?? none
  const b0l = left1[b0] ?? none
  // In the order of their names above.
  let n = 0
  moveFacts[n++] = word[s0] ?? 0
  moveFacts[n++] = tag[s0] ?? 0
  moveFacts[n++] = suffix[s0] ?? 0
  moveFacts[n++] = held[s0] ?? 0
  moveFacts[n++] = ((lefts[s0] ?? 0) << 4) | (rights[s0] ?? 0)
  moveFacts[n++] = word[s1] ?? 0
  moveFacts[n++] = tag[s1] ?? 0
  moveFacts[n++] = suffix[s1] ?? 0
  moveFacts[n++] = held[s1] ?? 0
  moveFacts[n++] = rights[s1] ?? 0
  moveFacts[n++] = word[s2] ?? 0
  moveFacts[n++] = tag[s2] ?? 0
  moveFacts[n++] = word[b0] ?? 0
  moveFacts[n++] = tag[b0] ?? 0
  moveFacts[n++] = suffix[b0] ?? 0
  moveFacts[n++] = held[b0] ?? 0
  moveFacts[n++] = lefts[b0] ?? 0
  moveFacts[n++] = word[b1] ?? 0
  moveFacts[n++] = tag[b1] ?? 0
  moveFacts[n++] = tag[b2] ?? 0
  moveFacts[n++] = word[s0l] ?? 0
  moveFacts[n++] = tag[s0l] ?? 0
  moveFacts[n++] = relation[s0l] ?? 0
  moveFacts[n++] = tag[left2[s0] ?? none] ?? 0
  moveFacts[n++] = word[s0r] ?? 0
  moveFacts[n++] = tag[s0r] ?? 0
  moveFacts[n++] = relation[s0r] ?? 0
  moveFacts[n++] = tag[right2[s0] ?? none] ?? 0
  moveFacts[n++] = tag[s1l] ?? 0
  moveFacts[n++] = tag[s1r] ?? 0
  moveFacts[n++] = relation[s1r] ?? 0
  moveFacts[n++] = tag[right2[s1] ?? none] ?? 0
  moveFacts[n++] = word[b0l] ?? 0
  moveFacts[n++] = tag[b0l] ?? 0
  moveFacts[n++] = tag[left2[b0] ?? none] ?? 0
  moveFacts[n++] = s0 === none ? 0 : Math.min(b0 - s0, 9)
  moveFacts[n++] = s1 === none ? 0 : Math.min(s0 - s1, 9)
  return rowsOf(MOVE_TEMPLATES, moveFacts, bits, out)
}

/*
 * Facts of a link: h head, c child, f the child's first dependent, l the last dependent the head got,
 * cp and cn the words beside the child, hp the one before the head. Kinds as above.
 */
const LINK_FACTS = ['side', 'ht', 'ct', 'hw', 'cw', 'cx', 'hx', 'hh', 'ch', 'distance', 'fw', 'ft', 'fr', 'lr', 'cpt', 'cpw', 'cnt', 'crt', 'cl2w', 'cv', 'hpt'] as const

const LINK_TEMPLATES = templatesOf(LINK_FACTS, [
  [200, 'side'], [201, 'ht', 'ct'], [202, 'hw', 'side'], [203, 'cw', 'side'], [204, 'hw', 'cw', 'side'], [205, 'hw', 'ct', 'side'], [206, 'ht', 'cw'],
  [207, 'ht', 'ct', 'cx'], [208, 'ht', 'ct', 'hx'], [209, 'ht', 'ct', 'distance'], [210, 'ht', 'ct', 'fw'], [211, 'hw', 'fw', 'side'],
  [212, 'ct', 'fw'], [213, 'ht', 'ct', 'fr'], [214, 'ht', 'ct', 'hh'], [215, 'hw', 'ct', 'hh'], [216, 'ht', 'ct', 'ch'], [217, 'ht', 'cw', 'ch'],
  [218, 'ht', 'ct', 'lr'], [219, 'ht', 'ct', 'cpt'], [220, 'ht', 'ct', 'cnt'], [221, 'ht', 'ct', 'ft'], [222, 'ht', 'ct', 'crt'],
  [223, 'ht', 'ct', 'cl2w'], [224, 'ht', 'ct', 'cv'], [225, 'ht', 'cx', 'hx'], [226, 'ht', 'ct', 'cpw'], [227, 'hw', 'cx', 'side'],
  [228, 'ht', 'ct', 'hpt'],
])

const linkFacts = roomFor(LINK_FACTS)

/** Rows for the relation of a dependent to its head; gives how many. */
export function relationRows(state: ParseState, head: number, child: number, bits: number, out: Int32Array): number {
  const { word, tag, suffix, relation, left1, left2, right1, held, none, lefts, rights } = state
  const side = head > child ? 1 : 2
  const first = left1[child] ?? none
  const distance = Math.min(Math.abs(head - child), 6)
  const last = side === 1 ? (left1[head] ?? none) : (right1[head] ?? none)
  // In the order of their names above.
  let n = 0
  linkFacts[n++] = side
  linkFacts[n++] = (tag[head] ?? 0) * 4 + side
  linkFacts[n++] = tag[child] ?? 0
  linkFacts[n++] = word[head] ?? 0
  linkFacts[n++] = word[child] ?? 0
  linkFacts[n++] = suffix[child] ?? 0
  linkFacts[n++] = suffix[head] ?? 0
  linkFacts[n++] = held[head] ?? 0
  linkFacts[n++] = held[child] ?? 0
  linkFacts[n++] = distance
  linkFacts[n++] = word[first] ?? 0
  linkFacts[n++] = tag[first] ?? 0
  linkFacts[n++] = relation[first] ?? 0
  linkFacts[n++] = relation[last] ?? 0
  linkFacts[n++] = tag[child > 0 ? child - 1 : none] ?? 0
  linkFacts[n++] = word[child > 0 ? child - 1 : none] ?? 0
  linkFacts[n++] = tag[child < state.count ? child + 1 : none] ?? 0
  linkFacts[n++] = tag[right1[child] ?? none] ?? 0
  linkFacts[n++] = word[left2[child] ?? none] ?? 0
  linkFacts[n++] = (Math.min(lefts[child] ?? 0, 5) << 4) | Math.min(rights[child] ?? 0, 5)
  linkFacts[n++] = tag[head > 0 && head < state.count ? head - 1 : none] ?? 0
  return rowsOf(LINK_TEMPLATES, linkFacts, bits, out)
}
