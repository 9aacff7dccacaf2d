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
for (const chart of document.querySelectorAll('.chart svg[data-bins]')) {
  const bins = chart.dataset.bins.split(' ')
  const over = chart.getBoundingClientRect.bind(chart)
  const binAt = (event) => { const { left, width } = over(); return Math.max(0, Math.min(bins.length - 1, Math.floor(((event.clientX - left) / width) * bins.length))) }
  let start = null
  let band = null
  chart.addEventListener('dragstart', (event) => event.preventDefault())
  chart.addEventListener('pointerdown', (event) => { if (event.button === 0) start = { bin: binAt(event), x: event.clientX } })
  chart.addEventListener('pointermove', (event) => {
    if (!start || (!band && Math.abs(event.clientX - start.x) < 6)) return
    if (!band) {
      band = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
      band.setAttribute('class', 'brushed')
      band.setAttribute('y', 0)
      band.setAttribute('height', chart.viewBox.baseVal.height)
      chart.append(band)
      chart.setPointerCapture(event.pointerId)
    }
    const [a, b] = [start.bin, binAt(event)].sort((x, y) => x - y)
    const step = chart.viewBox.baseVal.width / bins.length
    band.setAttribute('x', a * step)
    band.setAttribute('width', (b - a + 1) * step)
  })
  const end = (event) => {
    if (start && band && event.type === 'pointerup') {
      const [a, b] = [start.bin, binAt(event)].sort((x, y) => x - y)
      const there = new URL(location.href)
      there.searchParams.set('from', bins[a].split('/')[0])
      there.searchParams.set('to', bins[b].split('/')[1])
      there.searchParams.delete('cursor')
      location.href = there.href
    } else if (band) band.remove()
    start = band = null
  }
  chart.addEventListener('pointerup', end)
  chart.addEventListener('pointercancel', end)
}
const since = document.querySelector('.since[data-path]')
if (since || document.querySelector('.changes')) {
  const key = 'readout visit ' + location.pathname
  const pause = 30 * 60 * 1000
  try {
    const now = Date.now()
    const known = JSON.parse(localStorage.getItem(key) || '{}')
    const before = known.last && now - known.last > pause ? known.last : known.before
    if (before && since) {
      const at = new Date(before).toISOString()
      const link = since.querySelector('a')
      link.href = link.getAttribute('href').replace('SINCE', encodeURIComponent(at))
      since.querySelector('time').textContent = at.slice(0, 16).replace('T', ' ') + ' UTC'
      since.hidden = false
    }
    localStorage.setItem(key, JSON.stringify({ last: now, before }))
  } catch { /* Without storage nobody knows when the last visit was. */ }
}
`
