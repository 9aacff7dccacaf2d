/** The little that scripts add to the pages: everything is there without them. */
export const SCRIPT = `'use strict'
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return
  if (event.key === '/') {
    const seek = document.querySelector('main input[type=search]') || document.getElementById('seek')
    if (seek) { event.preventDefault(); seek.focus() }
  }
  // A key does what it stands beside, whatever letters the keyboard writes.
  const names = [event.key, event.code.replace(/^(?:Key|Digit)/, '').toLowerCase()]
  const keyed = [...document.querySelectorAll('[data-key]')].find((one) => names.includes(one.dataset.key) && one.offsetParent !== null)
  if (keyed && !event.repeat) { event.preventDefault(); keyed.click(); return }
  const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0
  if (step === 0) return
  const stops = [...document.querySelectorAll('.finding, .entry .line a, .relations th a')]
  const at = stops.findIndex((stop) => stop === document.activeElement || stop.contains(document.activeElement))
  const next = stops[at < 0 ? (step > 0 ? 0 : stops.length - 1) : at + step]
  if (!next) return
  const focus = next.matches('a') ? next : next.querySelector('a')
  if (focus) { focus.focus(); next.scrollIntoView({ block: 'nearest' }) }
})
const light = (id, on) => {
  const there = id && document.getElementById(id)
  if (there) there.classList.toggle('lit', on)
}
const follow = (on) => (event) => {
  const link = event.target.closest && event.target.closest('.record a.to')
  if (link) light(link.hash.slice(1), on)
  const mark = event.target.closest && event.target.closest('.story mark')
  if (mark) for (const id of (mark.dataset.to || '').split(' ')) light(id, on)
}
for (const [name, on] of [['mouseover', true], ['mouseout', false], ['focusin', true], ['focusout', false]]) document.addEventListener(name, follow(on))
`
