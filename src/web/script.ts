/** The little that scripts add to the pages: everything is there without them. */
export const SCRIPT = `'use strict'
const kept = (name, value) => {
  try { return value === undefined ? localStorage.getItem(name) : localStorage.setItem(name, value) } catch { return null /* Without storage nothing is remembered. */ }
}
const KEYS = 'readout keys'
let keys = kept(KEYS) !== 'off'
const keysSwitch = document.querySelector('[data-keys]')
const showKeys = () => { document.documentElement.classList.toggle('keyless', !keys); keysSwitch.checked = keys }
if (keysSwitch) {
  showKeys()
  keysSwitch.closest('[hidden]').hidden = false
  keysSwitch.addEventListener('change', () => { keys = keysSwitch.checked; kept(KEYS, keys ? 'on' : 'off'); showKeys() })
}
document.addEventListener('keydown', (event) => {
  if (!keys || event.ctrlKey || event.metaKey || event.altKey || /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return
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
// What is given is sent from here, so that the page stays and shows how far it is; without scripts, or where that fails, the form is sent as it is.
const policy = window.trustedTypes ? trustedTypes.createPolicy('desk', { createHTML: (page) => page }) : { createHTML: (page) => page }
const give = async (form, live) => {
  const [bar, told] = [live.querySelector('progress'), live.querySelector('p')]
  const figure = (value, more) => new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: value < 10 ? 1 : 0, ...more }).format(value)
  const time = (seconds) => (seconds < 90 ? figure(Math.round(seconds), { style: 'unit', unit: 'second', unitDisplay: 'long' }) : figure(Math.round(seconds / 60), { style: 'unit', unit: 'minute', unitDisplay: 'long' }))
  let so = null
  const began = performance.now()
  const show = () => {
    const seconds = (performance.now() - began) / 1000
    const parts = [time(seconds)]
    if (so) {
      bar.max = so.of
      bar.value = so.read
      const rate = so.read / seconds
      const left = (so.of - so.read) / rate
      parts.unshift(told.dataset.read.replace('{n}', figure(so.read)).replace('{m}', figure(so.of)))
      if (so.of > 1) parts.push(told.dataset.rate.replace('{n}', figure(rate)))
      if (left > 0) parts.push(told.dataset.left.replace('{n}', time(left)))
      if (so.refused > 0) parts.push(told.dataset.refused + ' ' + figure(so.refused))
    }
    told.textContent = parts.join(' · ')
  }
  const body = new FormData(form)
  const busy = (on) => {
    for (const one of form.elements) if (one.tagName === 'BUTTON') one.disabled = on
    live.hidden = !on
  }
  busy(true)
  // Whoever comes back to the page finds it as it was.
  addEventListener('pagehide', () => busy(false), { once: true })
  show()
  live.focus()
  live.scrollIntoView({ block: 'nearest' })
  const tick = setInterval(show, 1000)
  try {
    const response = await fetch(form.action, { method: 'POST', body, headers: { accept: 'application/x-ndjson' } })
    if (!response.ok) throw new Error(response.status)
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    let rest = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) throw new Error('broken off')
      const lines = (rest + value).split('\\n')
      rest = lines.pop()
      for (const line of lines) {
        const said = JSON.parse(line)
        if (said.to) return location.assign(said.to)
        if (said.page) {
          document.querySelector('main').replaceWith(new DOMParser().parseFromString(policy.createHTML(said.page), 'text/html').querySelector('main'))
          giving()
          return document.querySelector('main').focus()
        }
        if (said.problem !== undefined) throw new Error(said.problem)
        so = said
        show()
      }
    }
  } catch { /* Giving the same again changes nothing, and the answer is a page that says what is wrong. */
    form.submit()
  } finally { clearInterval(tick) }
}
const giving = () => {
  const [form, live, files] = ['form.giving', '.live', 'form.giving input[type=file]'].map((one) => document.querySelector(one))
  if (!form || !live || !window.TextDecoderStream) return
  form.addEventListener('submit', (event) => { event.preventDefault(); give(form, live) })
  const hasFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes('Files')
  form.addEventListener('dragover', (event) => { if (hasFiles(event)) event.preventDefault() })
  form.addEventListener('drop', (event) => { if (hasFiles(event)) { event.preventDefault(); files.files = event.dataTransfer.files } })
}
giving()
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
