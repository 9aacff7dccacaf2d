/** What the parser looks at: rows of hashed features of a state, for the next move and for the relation of a link. */
import { mix } from './mix.ts'
import type { ParseState } from './state.ts'

/** The most rows either function writes. */
export const PARSE_ROWS = 96

/** Rows for the choice of the next move; gives how many. */
export function moveRows(state: ParseState, bits: number, out: Int32Array): number {
  const { word, tag, suffix, relation, left1, left2, right1, right2, lefts, rights, held, none } = state
  const shift = 32 - bits
  const s0 = state.onStack(0)
  const s1 = state.onStack(1)
  const s2 = state.onStack(2)
  const b0 = state.onFront(0)
  const b1 = state.onFront(1)
  const b2 = state.onFront(2)
  const s0w = word[s0] ?? 0
  const s1w = word[s1] ?? 0
  const s2w = word[s2] ?? 0
  const b0w = word[b0] ?? 0
  const b1w = word[b1] ?? 0
  const s0t = tag[s0] ?? 0
  const s1t = tag[s1] ?? 0
  const s2t = tag[s2] ?? 0
  const b0t = tag[b0] ?? 0
  const b1t = tag[b1] ?? 0
  const b2t = tag[b2] ?? 0
  const s0x = suffix[s0] ?? 0
  const s1x = suffix[s1] ?? 0
  const b0x = suffix[b0] ?? 0
  const s0l = left1[s0] ?? none
  const s0r = right1[s0] ?? none
  const s1l = left1[s1] ?? none
  const s1r = right1[s1] ?? none
  const b0l = left1[b0] ?? none
  const s0lt = tag[s0l] ?? 0
  const s0rt = tag[s0r] ?? 0
  const s1lt = tag[s1l] ?? 0
  const s1rt = tag[s1r] ?? 0
  const b0lt = tag[b0l] ?? 0
  const s0h = held[s0] ?? 0
  const s1h = held[s1] ?? 0
  const b0h = held[b0] ?? 0
  const gap = s0 === none ? 0 : Math.min(b0 - s0, 9)
  const gap1 = s1 === none ? 0 : Math.min(s0 - s1, 9)
  const s0v = ((lefts[s0] ?? 0) << 4) | (rights[s0] ?? 0)
  const s1v = rights[s1] ?? 0
  const b0v = lefts[b0] ?? 0
  let n = 0
  out[n++] = mix(100, 0, 0, 0) >>> shift
  out[n++] = mix(101, s0w, 0, 0) >>> shift
  out[n++] = mix(102, s0t, 0, 0) >>> shift
  out[n++] = mix(103, s0w, s0t, 0) >>> shift
  out[n++] = mix(104, s1w, 0, 0) >>> shift
  out[n++] = mix(105, s1t, 0, 0) >>> shift
  out[n++] = mix(106, s1w, s1t, 0) >>> shift
  out[n++] = mix(107, s2w, s2t, 0) >>> shift
  out[n++] = mix(108, s2t, s1t, 0) >>> shift
  out[n++] = mix(109, b0w, 0, 0) >>> shift
  out[n++] = mix(110, b0t, 0, 0) >>> shift
  out[n++] = mix(111, b0w, b0t, 0) >>> shift
  out[n++] = mix(112, b1w, b1t, 0) >>> shift
  out[n++] = mix(113, b1t, b2t, 0) >>> shift
  out[n++] = mix(114, b1w, b0t, 0) >>> shift
  // Pairs.
  out[n++] = mix(120, s0w, b0w, 0) >>> shift
  out[n++] = mix(121, s0w, b0t, 0) >>> shift
  out[n++] = mix(122, s0t, b0w, 0) >>> shift
  out[n++] = mix(123, s0t, b0t, 0) >>> shift
  out[n++] = mix(124, s0w, s0t, b0t) >>> shift
  out[n++] = mix(125, s0t, b0w, b0t) >>> shift
  out[n++] = mix(126, s1w, s0w, 0) >>> shift
  out[n++] = mix(127, s1w, s0t, 0) >>> shift
  out[n++] = mix(128, s1t, s0w, 0) >>> shift
  out[n++] = mix(129, s1t, s0t, 0) >>> shift
  out[n++] = mix(130, s1w, b0w, 0) >>> shift
  out[n++] = mix(131, s1t, b0t, 0) >>> shift
  out[n++] = mix(132, s1w, b0t, s0t) >>> shift
  out[n++] = mix(133, s1t, b0w, s0t) >>> shift
  out[n++] = mix(134, s0x, b0t, s0t) >>> shift
  out[n++] = mix(135, b0x, s0t, b0t) >>> shift
  out[n++] = mix(136, s1x, s0x, 0) >>> shift
  out[n++] = mix(137, s0x, b0x, 0) >>> shift
  // Triples.
  out[n++] = mix(140, s0t, b0t, b1t) >>> shift
  out[n++] = mix(141, s1t, s0t, b0t) >>> shift
  out[n++] = mix(142, s2t, s1t, s0t) >>> shift
  out[n++] = mix(143, b0t, b1t, b2t) >>> shift
  out[n++] = mix(144, s0w, b0t, b1t) >>> shift
  out[n++] = mix(145, s1t, s0w, b0t) >>> shift
  out[n++] = mix(146, s1t, s0t, b0w) >>> shift
  out[n++] = mix(147, s1t, b0t, b1t) >>> shift
  // Dependents.
  out[n++] = mix(150, s0t, s0lt, b0t) >>> shift
  out[n++] = mix(151, s0t, s0rt, b0t) >>> shift
  out[n++] = mix(152, s0t, b0t, b0lt) >>> shift
  out[n++] = mix(153, s1t, s0t, s0lt) >>> shift
  out[n++] = mix(154, s1t, s0t, s0rt) >>> shift
  out[n++] = mix(155, s1t, s1rt, s0t) >>> shift
  out[n++] = mix(156, s1t, s1lt, s0t) >>> shift
  out[n++] = mix(157, s0t, s0lt, tag[left2[s0] ?? none] ?? 0) >>> shift
  out[n++] = mix(158, s0t, s0rt, tag[right2[s0] ?? none] ?? 0) >>> shift
  out[n++] = mix(159, b0t, b0lt, tag[left2[b0] ?? none] ?? 0) >>> shift
  out[n++] = mix(160, s1t, s1rt, tag[right2[s1] ?? none] ?? 0) >>> shift
  out[n++] = mix(161, word[s0l] ?? 0, s0t, b0t) >>> shift
  out[n++] = mix(162, word[s0l] ?? 0, s1t, s0t) >>> shift
  out[n++] = mix(163, word[b0l] ?? 0, s0t, b0t) >>> shift
  out[n++] = mix(164, word[s0r] ?? 0, s0t, b0t) >>> shift
  out[n++] = mix(165, word[s0l] ?? 0, s1w, 0) >>> shift
  // Relations held, number of dependents, distance.
  out[n++] = mix(170, s0h, s0t, 0) >>> shift
  out[n++] = mix(171, s0h, s0w, 0) >>> shift
  out[n++] = mix(172, s1h, s1t, 0) >>> shift
  out[n++] = mix(173, s1h, s1w, s0t) >>> shift
  out[n++] = mix(174, b0h, b0t, 0) >>> shift
  out[n++] = mix(175, s0h, b0h, s0t) >>> shift
  out[n++] = mix(176, s1h, s0h, s1t) >>> shift
  out[n++] = mix(177, relation[s0l] ?? 0, s0t, b0t) >>> shift
  out[n++] = mix(178, relation[s0r] ?? 0, s0t, b0t) >>> shift
  out[n++] = mix(179, relation[s1r] ?? 0, s1t, s0t) >>> shift
  out[n++] = mix(180, s0v, s0t, 0) >>> shift
  out[n++] = mix(181, s0v, s0w, 0) >>> shift
  out[n++] = mix(182, s1v, s1t, 0) >>> shift
  out[n++] = mix(183, b0v, b0t, 0) >>> shift
  out[n++] = mix(184, s1v, s1w, 0) >>> shift
  out[n++] = mix(185, gap, s0t, b0t) >>> shift
  out[n++] = mix(186, gap, s0w, 0) >>> shift
  out[n++] = mix(187, gap, b0w, 0) >>> shift
  out[n++] = mix(188, gap1, s1t, s0t) >>> shift
  out[n++] = mix(189, gap1, s1w, 0) >>> shift
  out[n++] = mix(190, s0h, s0t, b0t) >>> shift
  out[n++] = mix(191, s1h, s1t, s0t) >>> shift
  return n
}

/** Rows for the relation of a dependent to its head; gives how many. */
export function relationRows(state: ParseState, head: number, child: number, bits: number, out: Int32Array): number {
  const { word, tag, suffix, relation, left1, left2, right1, held, none, lefts, rights } = state
  const shift = 32 - bits
  const side = head > child ? 1 : 2
  const hw = word[head] ?? 0
  const cw = word[child] ?? 0
  const ht = (tag[head] ?? 0) * 4 + side
  const ct = tag[child] ?? 0
  const cx = suffix[child] ?? 0
  const hx = suffix[head] ?? 0
  const hh = held[head] ?? 0
  const ch = held[child] ?? 0
  const first = left1[child] ?? none
  const firstWord = word[first] ?? 0
  const distance = Math.min(Math.abs(head - child), 6)
  const last = side === 1 ? (left1[head] ?? none) : (right1[head] ?? none)
  let n = 0
  out[n++] = mix(200, side, 0, 0) >>> shift
  out[n++] = mix(201, ht, ct, 0) >>> shift
  out[n++] = mix(202, hw, side, 0) >>> shift
  out[n++] = mix(203, cw, side, 0) >>> shift
  out[n++] = mix(204, hw, cw, side) >>> shift
  out[n++] = mix(205, hw, ct, side) >>> shift
  out[n++] = mix(206, ht, cw, 0) >>> shift
  out[n++] = mix(207, ht, ct, cx) >>> shift
  out[n++] = mix(208, ht, ct, hx) >>> shift
  out[n++] = mix(209, ht, ct, distance) >>> shift
  out[n++] = mix(210, ht, ct, firstWord) >>> shift
  out[n++] = mix(211, hw, firstWord, side) >>> shift
  out[n++] = mix(212, ct, firstWord, 0) >>> shift
  out[n++] = mix(213, ht, ct, relation[first] ?? 0) >>> shift
  out[n++] = mix(214, ht, ct, hh) >>> shift
  out[n++] = mix(215, hw, ct, hh) >>> shift
  out[n++] = mix(216, ht, ct, ch) >>> shift
  out[n++] = mix(217, ht, cw, ch) >>> shift
  out[n++] = mix(218, ht, ct, relation[last] ?? 0) >>> shift
  out[n++] = mix(219, ht, ct, tag[child > 0 ? child - 1 : none] ?? 0) >>> shift
  out[n++] = mix(220, ht, ct, tag[child < state.count ? child + 1 : none] ?? 0) >>> shift
  out[n++] = mix(221, ht, ct, tag[first] ?? 0) >>> shift
  out[n++] = mix(222, ht, ct, tag[right1[child] ?? none] ?? 0) >>> shift
  out[n++] = mix(223, ht, ct, word[left2[child] ?? none] ?? 0) >>> shift
  out[n++] = mix(224, ht, ct, (Math.min(lefts[child] ?? 0, 5) << 4) | Math.min(rights[child] ?? 0, 5)) >>> shift
  out[n++] = mix(225, ht, cx, hx) >>> shift
  out[n++] = mix(226, ht, ct, word[child > 0 ? child - 1 : none] ?? 0) >>> shift
  out[n++] = mix(227, hw, cx, side) >>> shift
  out[n++] = mix(228, ht, ct, tag[head > 0 && head < state.count ? head - 1 : none] ?? 0) >>> shift
  return n
}
