/** The state of an arc-hybrid parse: a stack, a front of words not yet read, and the tree so far. */
import type { WordForm } from './words.ts'

export const SHIFT = 0
/** The front word becomes the head of the top of the stack, which is done. */
export const LEFT = 1
/** The second of the stack becomes the head of the top, which is done. */
export const RIGHT = 2
export const MOVES = 3

/** A parse under way. The root stands behind the last word, at `count`; `none`, one further, stands for absent words. */
export class ParseState {
  count = 0
  none = 1
  depth = 0
  front = 0
  word = new Int32Array(0)
  suffix = new Int32Array(0)
  tag = new Int32Array(0)
  head = new Int32Array(0)
  relation = new Int32Array(0)
  /** Outermost and second outermost dependents on each side. */
  left1 = new Int32Array(0)
  left2 = new Int32Array(0)
  right1 = new Int32Array(0)
  right2 = new Int32Array(0)
  lefts = new Int32Array(0)
  rights = new Int32Array(0)
  /** Set of the relations of the dependents so far, a bit each (folded to 32). */
  held = new Int32Array(0)
  private stack = new Int32Array(0)

  /** Starts on a sentence: words as the tagger padded them (by two), tags by number. */
  start(words: readonly WordForm[], tags: Int32Array, count: number): void {
    if (this.stack.length < count + 2) this.grow(count + 2)
    this.count = count
    this.none = count + 1
    this.depth = 0
    this.front = 0
    for (let i = 0; i < count; i++) {
      this.word[i] = words[i + 2]?.word ?? 0
      this.suffix[i] = words[i + 2]?.suffix ?? 0
      this.tag[i] = (tags[i] ?? 0) + 3
    }
    this.word[count] = 1
    this.suffix[count] = 1
    this.tag[count] = 1
    this.word[count + 1] = 2
    this.suffix[count + 1] = 2
    this.tag[count + 1] = 2
    this.head.fill(-1, 0, count + 2)
    this.relation.fill(-1, 0, count + 2)
    for (const links of [this.left1, this.left2, this.right1, this.right2]) links.fill(this.none, 0, count + 2)
    for (const counts of [this.lefts, this.rights, this.held]) counts.fill(0, 0, count + 2)
  }

  private grow(needed: number): void {
    const size = Math.max(128, needed * 2)
    const fresh = (): Int32Array<ArrayBuffer> => new Int32Array(size)
    this.word = fresh()
    this.suffix = fresh()
    this.tag = fresh()
    this.head = fresh()
    this.relation = fresh()
    this.left1 = fresh()
    this.left2 = fresh()
    this.right1 = fresh()
    this.right2 = fresh()
    this.lefts = fresh()
    this.rights = fresh()
    this.held = fresh()
    this.stack = fresh()
  }

  /** The word `down` places below the top of the stack. */
  onStack(down: number): number {
    return this.depth > down ? (this.stack[this.depth - 1 - down] ?? this.none) : this.none
  }

  /** The word `ahead` places behind the front. */
  onFront(ahead: number): number {
    return this.front + ahead <= this.count ? this.front + ahead : this.none
  }

  get done(): boolean {
    return this.front === this.count && this.depth === 0
  }

  /** Whether a move leads on to a tree with one root. */
  allows(move: number): boolean {
    if (move === SHIFT) return this.front < this.count
    if (move === LEFT) return this.depth > 0 && (this.front < this.count || this.depth === 1)
    return this.depth > 1
  }

  /** Reads the front word on to the stack. */
  shift(): void {
    this.stack[this.depth++] = this.front++
  }

  /** Links the top of the stack by LEFT or RIGHT and takes it off. */
  link(move: number, relation: number): void {
    const child = this.onStack(0)
    const head = this.linkHead(move)
    this.depth--
    this.head[child] = head
    this.relation[child] = relation
    this.held[head] = (this.held[head] ?? 0) | (1 << (relation & 31))
    if (move === LEFT) {
      this.left2[head] = this.left1[head] ?? this.none
      this.left1[head] = child
      this.lefts[head] = (this.lefts[head] ?? 0) + 1
    } else {
      this.right2[head] = this.right1[head] ?? this.none
      this.right1[head] = child
      this.rights[head] = (this.rights[head] ?? 0) + 1
    }
  }

  /** The head that LEFT or RIGHT would give the top of the stack. */
  linkHead(move: number): number {
    return move === LEFT ? this.front : this.onStack(1)
  }
}
