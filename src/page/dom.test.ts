import { describe, expect, it } from 'vitest'
import { documents } from './dom.ts'

describe('the document library', () => {
  it('leaves the weak maps of everybody else as they are', () => {
    const before = globalThis.WeakMap
    documents()
    expect(globalThis.WeakMap).toBe(before)
  })

  it('keeps what it notes of a node with that node', () => {
    const { document } = documents().parseHTML('<p style="display: none" class="a b">one</p><p data-x="1">two</p>')
    const [first, second] = [...document.querySelectorAll('p')]
    if (!first || !second) throw new Error('no paragraphs')
    expect(first.style.display).toBe('none')
    expect(second.style.display ?? '').toBe('')
    expect(first.classList.contains('b')).toBe(true)
    expect(second.dataset['x']).toBe('1')
    let heard = 0
    first.addEventListener('look', () => heard++)
    const event = document.createEvent('Event')
    event.initEvent('look', false, false)
    first.dispatchEvent(event)
    second.dispatchEvent(event)
    expect(heard).toBe(1)
  })
})
