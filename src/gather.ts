/** Work that costs little more for several callers than for one. */
/** Does work that can be done for several callers at once: what is asked while it runs waits, and is done in one go when it ends. All who waited get that one answer, or its error. */
export function createGatherer<T, R>(work: (asked: readonly T[]) => Promise<R>): (asked: T) => Promise<R> {
  let running: Promise<unknown> = Promise.resolve()
  let next: { readonly asked: T[]; readonly answer: Promise<R> } | null = null
  return (asked) => {
    if (next) {
      next.asked.push(asked)
      return next.answer
    }
    const all = [asked]
    const begin = (): Promise<R> => {
      next = null
      return work(all)
    }
    const answer = running.then(begin, begin)
    next = { asked: all, answer }
    running = answer
    return answer
  }
}
