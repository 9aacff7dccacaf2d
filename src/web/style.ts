/** The one stylesheet: light, dark and print, both directions by logical properties, from phone to wide screen. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fbfaf6, #15181a); --sheet: light-dark(#ffffff, #1c2023); --ink: light-dark(#1d1c1a, #e9e6df); --soft: light-dark(#5b5851, #a9a69d); --line: light-dark(#dedad0, #343a3d);
  --accent: light-dark(#0d5560, #8bd0d6); --cooperation: light-dark(#0f7a6c, #58b9aa); --conflict: light-dark(#b8481f, #e78b62); --lit: light-dark(#ffe9a8, #5b4a12); --wash: light-dark(#f1eee5, #22272a);
  --p2: light-dark(#8fd0c3, #1d6a5e); --p1: light-dark(#d3ece5, #1f403b); --z: light-dark(#ece8dd, #2d3234); --m1: light-dark(#f8ddd0, #4c2e22); --m2: light-dark(#eeab8d, #86401f);
  --serif: 'Iowan Old Style', 'Palatino Linotype', Palatino, 'Noto Serif', 'Noto Naskh Arabic', 'Noto Serif CJK SC', Georgia, serif; --sans: system-ui, 'Segoe UI', 'Noto Sans', 'Noto Sans Arabic', 'Noto Sans CJK SC', sans-serif; --mono: ui-monospace, 'DejaVu Sans Mono', monospace;
}
* { box-sizing: border-box }
html { font: 100%/1.5 var(--sans); background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%; scroll-padding-block: 5rem 40vh }
body { margin: 0; min-block-size: 100vh; display: flex; flex-direction: column }
a { color: inherit; text-decoration-color: color-mix(in srgb, currentColor 35%, transparent); text-underline-offset: .18em }
a:hover { color: var(--accent); text-decoration-color: currentColor }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px }
main:focus { outline: none }
h1, h2, h3 { font-family: var(--serif); line-height: 1.2; text-wrap: balance; margin: 0; overflow-wrap: anywhere }
h1 { font-size: clamp(1.5rem, 1.1rem + 1.6vw, 2.3rem); font-weight: 600; letter-spacing: -.01em }
h2 { font-size: 1.15rem; font-weight: 600; margin-block: 0 .6rem }
h3 { font-size: 1rem; font-weight: 600 }
:lang(ar) { letter-spacing: 0 }
p { margin: 0 0 .6rem }
.hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.skip { position: absolute; inset-inline-start: 0; transform: translateY(-120%); background: var(--ink); color: var(--paper); padding: .5rem 1rem; z-index: 9 }
.skip:focus { transform: none }
.small, .sources, .kicker, .foot, th, label span { font-size: .84rem }
.small, .sources, .kicker, .foot, .confidence, figcaption { color: var(--soft) }
.n, .day, .confidence, td.n { font-variant-numeric: tabular-nums }
.tag { font: .72rem/1 var(--mono); color: var(--soft); border: 1px solid var(--line); border-radius: 3px; padding: .08rem .25rem }
code { font: .78rem/1.4 var(--mono); color: var(--soft) }
.badge { font: .72rem/1 var(--sans); border: 1px solid currentColor; border-radius: 1rem; padding: .1rem .5rem; color: var(--soft); white-space: nowrap; vertical-align: .1em }
.badge.negated { color: var(--conflict) } .badge.future { color: var(--accent); border-style: dashed }
.notice { border-inline-start: 4px solid var(--conflict); background: var(--wash); padding: .6rem .9rem }
.none { color: var(--soft); padding-block: 1.5rem; font-family: var(--serif); font-size: 1.1rem }

.top { display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; align-items: baseline; padding: .7rem clamp(1rem, 3vw, 2.5rem); border-block-end: 1px solid var(--line); background: var(--sheet) }
.mark { font: 600 1.2rem/1.2 var(--serif); margin: 0 } .mark a { text-decoration: none } .mark .project { font-weight: 400; color: var(--soft); overflow-wrap: anywhere }
.top nav { flex: 0 1 auto } .top ul, .languages { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; list-style: none; margin: 0; padding: 0 }
.top nav a { text-decoration: none; display: inline-block; padding-block: .25rem; border-block-end: 2px solid transparent }
.top nav a[aria-current] { border-color: var(--accent); font-weight: 600 }
.seek { flex: 1 1 9rem; max-inline-size: 15rem; margin-inline-start: auto } .seek input { inline-size: 100% }
main { flex: 1 0 auto; inline-size: 100%; max-inline-size: 62rem; margin-inline: auto; padding: 1.6rem clamp(1rem, 3vw, 2.5rem) 3rem }
main.wide { max-inline-size: 96rem }
.head { margin-block-end: 1.4rem } .head .lead { margin-block: .5rem 0; color: var(--soft); max-inline-size: 60rem } .kicker { margin: 0 0 .3rem }
.dash { color: var(--soft); font-weight: 400 }
.foot { padding: 1rem clamp(1rem, 3vw, 2.5rem) 1.6rem; border-block-start: 1px solid var(--line) } .foot p { margin-block: .3rem } .languages a { display: inline-block; min-block-size: 24px; min-inline-size: 24px } .languages a[aria-current] { font-weight: 600; text-decoration: none }

input, select, textarea, button { font: inherit; font-size: .9rem; color: inherit; background: var(--sheet); border: 1px solid var(--line); border-radius: 4px; padding: .35rem .55rem; min-block-size: 2.25rem; max-inline-size: 100% }
button { background: var(--accent); color: var(--paper); border-color: var(--accent); font-weight: 600; padding-inline: 1rem; cursor: pointer }
textarea { inline-size: 100%; font-family: var(--serif); line-height: 1.5; resize: vertical }
.filters { display: flex; flex-wrap: wrap; gap: .6rem .9rem; align-items: end; padding-block-end: 1rem; margin-block-end: 1rem; border-block-end: 1px solid var(--line) }
.filters label { display: grid; gap: .15rem } .filters label span { color: var(--soft) } .filters .grow { flex: 1 1 16rem; max-inline-size: 28rem }
.add { display: grid; gap: 1rem; max-inline-size: 48rem } .add.short { max-inline-size: 24rem } .add.short p { margin: 0 } .add label { display: grid; gap: .25rem } .add button { justify-self: start } .add fieldset { border: 1px solid var(--line); border-radius: 4px; padding: .4rem .8rem .7rem; margin: 0 } .add label.check { display: flex; gap: .5rem; align-items: baseline } .add .check input { inline-size: auto } .inline { display: inline-block } .inline button { font-size: .82rem; padding: .1rem .5rem } .searches > li > ul { margin-inline-start: 1.2rem }
.pager { display: flex; gap: 1.5rem; padding-block-start: 1rem }

.scroll { position: relative; overflow-x: auto; max-inline-size: 100% }
table { border-collapse: collapse; inline-size: 100%; font-size: .92rem }
th, td { text-align: start; vertical-align: top; padding: .35rem .6rem; border-block-end: 1px solid var(--line) }
thead th { color: var(--soft); font-weight: 500; white-space: nowrap; border-block-end: 2px solid var(--line) }
tbody th { font-weight: 500; font-size: inherit }
td code, .problems td { overflow-wrap: anywhere } th.n, td.n { text-align: end } td.day, td.n { white-space: nowrap }
.beside { display: grid; gap: 2.2rem; grid-template-columns: minmax(0, 1fr) minmax(0, 42rem); align-items: start }
.beside > * { min-inline-size: 0 }
.relations td, .relations th { padding-block: .28rem }
.shade { padding: 0 .35rem; border-radius: 3px } .p2 { background: var(--p2) } .p1 { background: var(--p1) } .z { background: var(--z) } .m1 { background: var(--m1) } .m2 { background: var(--m2) }
.matrix { inline-size: auto; font-size: .82rem } .matrix th, .matrix thead td { background: none } .matrix th { vertical-align: middle } .matrix tbody td { border: 1px solid var(--paper); padding: 0; text-align: center; font-weight: 400 }
.matrix thead th { padding: .2rem .25rem; font-size: .72rem } .matrix tbody th { text-align: end; padding-inline-end: .5rem; white-space: nowrap; max-inline-size: 11rem; overflow: hidden; text-overflow: ellipsis; position: sticky; inset-inline-start: 0; background: var(--paper) }
.matrix td { inline-size: 2.1rem; block-size: 1.75rem; background: var(--wash); border-radius: 0 } .matrix tbody td.self { background: transparent } .matrix td a { display: grid; place-items: center; block-size: 1.75rem; text-decoration: none; font-variant-numeric: tabular-nums }
.matrix tbody td.p2 { background: var(--p2) } .matrix tbody td.p1 { background: var(--p1) } .matrix tbody td.z { background: var(--z) } .matrix tbody td.m1 { background: var(--m1) } .matrix tbody td.m2 { background: var(--m2) }
.matrix abbr { text-decoration: none } .legend { margin-block-start: .6rem } .legend .shade { display: inline-block; min-inline-size: 1.2rem; min-block-size: 1.1em; vertical-align: -.15em; text-align: center }

.chart { margin: 0 0 2rem } .chart svg { display: block; inline-size: 100%; block-size: 11rem; overflow: visible } .chart .axis { stroke: var(--line); stroke-width: 1; vector-effect: non-scaling-stroke } .chart .hit { fill: transparent } .chart a:hover .hit { fill: var(--wash) }
rect.plain { fill: color-mix(in srgb, var(--accent) 55%, var(--line)) } rect.cooperation { fill: var(--cooperation) } rect.conflict { fill: var(--conflict) }
.chart svg[data-bins] { touch-action: pan-y; user-select: none } .chart .brushed { fill: color-mix(in srgb, var(--accent) 16%, transparent); pointer-events: none } .chart .hint { margin-inline-start: 1rem } @media (scripting: none) { .chart .hint { display: none } } .whole { margin-inline-end: 1rem }
.map { margin: 0 0 1.6rem } .map svg { display: block; inline-size: 100%; block-size: auto; max-block-size: 34rem } .map .edge { fill: var(--wash) } .map .graticule { fill: none; stroke: var(--line); stroke-width: .5 } .map .land { fill: var(--sheet); stroke: var(--line); stroke-width: .5 } .map a path, .map path.own { stroke: var(--paper); stroke-width: .6 } .map .own { fill: var(--accent) } .map circle { stroke: var(--ink); stroke-width: .8; fill-opacity: .85 } .map circle.own { stroke: var(--paper) } .map a:hover path, .map a:hover circle { stroke: var(--ink); stroke-width: 1.6 }
.map .p2 { fill: var(--p2) } .map .p1 { fill: var(--p1) } .map .z { fill: var(--z) } .map .m1 { fill: var(--m1) } .map .m2 { fill: var(--m2) }
.states { line-height: 1.9 } .states a { margin-inline-end: .7rem; white-space: nowrap } .states a[aria-current] { font-weight: 600; text-decoration: none } .changes { border-inline-start: 3px solid var(--accent); padding-inline-start: 1rem } .changes time { font-weight: 400; font-size: .85em }
.ticks { display: flex; justify-content: space-between; font-size: .78rem; color: var(--soft); margin-block: .2rem .4rem; font-variant-numeric: tabular-nums } .ticks span:only-child { margin-inline: auto }
.key::before { content: ''; display: inline-block; inline-size: .75em; block-size: .75em; border-radius: 2px; margin-inline-end: .35em; background: currentColor } .key.cooperation::before { color: var(--cooperation); background: var(--cooperation) } .key.conflict::before { background: var(--conflict) } .key + .key { margin-inline-start: 1rem }
figcaption { font-size: .84rem } .chart details { margin-block-start: .4rem } .chart table { inline-size: auto }
summary { cursor: pointer; color: var(--soft); font-size: .88rem; padding-block: .2rem } summary:hover { color: var(--accent) }

.aside { display: grid; gap: 2.5rem; grid-template-columns: minmax(0, 1fr) minmax(14rem, 20rem); align-items: start } .aside > * { min-inline-size: 0 } .aside aside section { margin-block-end: 1.8rem }
aside h2 { font-size: 1rem } .bars th { font-weight: 400 } .bars td, .bars th { border: 0; padding: .15rem .4rem .15rem 0; font-size: .88rem; vertical-align: middle } .bars .bar { inline-size: 38% } .bars svg { display: block; inline-size: 100%; block-size: .55rem } [dir=rtl] .bars svg { transform: scaleX(-1) }
ul.plain, ol.plain { list-style: none; margin: 0; padding: 0 } .plain > li { padding-block: .35rem; border-block-end: 1px solid var(--line); overflow-wrap: anywhere } .plain > li:last-child { border: 0 } .plain .day { color: var(--soft); font-size: .84rem }
.people { list-style: none; padding: 0; margin: 0 0 1.5rem } .people li { padding-block: .25rem }

.year > h3 { color: var(--soft); margin-block: 1.3rem .2rem; font-size: 1.05rem; font-variant-numeric: tabular-nums }
.chronology { list-style: none; margin: 0; padding: 0 }
.entry { display: grid; grid-template-columns: minmax(7.5rem, 9.5rem) minmax(0, 1fr) auto; gap: .1rem 1.1rem; padding-block: .6rem; border-block-end: 1px solid var(--line) }
.entry p { margin: 0 } .entry .day { font-size: .88rem; color: var(--soft); padding-block-start: .1rem } .entry .line { font-family: var(--serif); font-size: 1.06rem; line-height: 1.35 } .entry .line a { text-decoration: none } .entry .line a:hover { text-decoration: underline }
.entry .what { border-inline-start: 3px solid transparent; padding-inline-start: .8rem } .entry.cooperation .what { border-color: var(--cooperation) } .entry.conflict .what { border-color: var(--conflict) }
.entry .kind { text-align: end; display: grid; align-content: start; justify-items: end; gap: .1rem } .entry .confidence { font-size: .78rem } .articles .entry { grid-template-columns: minmax(7.5rem, 9.5rem) minmax(0, 1fr) } .snippet { font-size: .92rem; color: var(--soft) }
.quote { margin: .15rem 0 .25rem; font-family: var(--serif); font-size: .93rem; color: var(--soft); overflow-wrap: anywhere } .quote a { text-decoration: none } .quote a:hover { text-decoration: underline } .quote footer { font: .8rem/1.4 var(--sans) } @media (min-width: 60rem) { .source { white-space: nowrap } }

.facts { display: flex; flex-wrap: wrap; gap: .5rem 1.8rem; margin: 0 0 1.8rem; padding-block: .8rem; border-block: 1px solid var(--line) } .facts dt::first-letter, .lead::first-letter, thead th::first-letter { text-transform: uppercase } .lead:has(> bdi:first-child)::first-letter { text-transform: none } .relations td:last-child { white-space: nowrap }
.facts dt { font-size: .78rem; color: var(--soft) } .facts dd { margin: 0; font-variant-numeric: tabular-nums }
main > section, main > form.add { margin-block-end: 2.2rem }
.compare { table-layout: fixed; min-inline-size: 44rem } .compare th:first-child { inline-size: 17% } .compare thead th { white-space: normal; font-size: .95rem; color: var(--ink); font-weight: 600 } .compare thead .small { display: block; font-weight: 400 }
.compare td, .compare th { padding: .5rem .7rem } .compare td + td, .compare th + td { border-inline-start: 1px solid var(--line) } .compare .group th { background: var(--wash); font-weight: 600; padding-block: .35rem } .compare .group .n { color: var(--soft); font-weight: 400; margin-inline-start: .4rem } .compare tbody th .small { display: block; font-weight: 400 }
.said { font-size: .76rem; font-weight: 600 } .said::before { content: ''; display: inline-block; inline-size: .6em; block-size: .6em; border-radius: 50%; border: 1.5px solid currentColor; margin-inline-end: .4em } .said.yes { color: var(--cooperation) } .said.yes::before { background: currentColor } .said.no { color: var(--soft); font-weight: 400 }
.quality td.n, .quality th.n { white-space: nowrap } .quality thead th:has(abbr)::first-letter { text-transform: none } .quality thead abbr { text-decoration: none } .quality tbody th { font-weight: 400 } .missed { color: var(--conflict); font-weight: 600 } .mark-no { color: var(--soft) } .mark-yes { color: var(--cooperation); font-weight: 600 }
.halves { display: grid; gap: 2.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); margin-block-end: 1.2rem } .halves h3, main > section > h3 { margin-block: .6rem .3rem } .gaps { line-height: 1.9 }
.glance { display: flex; flex-wrap: wrap; gap: .4rem 1.4rem; list-style: none; margin: 0 0 .8rem; padding: 0; font-size: .92rem } .compare tbody { scroll-margin-block: 1rem }
.sides a { margin-inline-end: .8rem; white-space: nowrap } .sides a[aria-current] { font-weight: 600; text-decoration: none } .comparison h3 { margin-block: 1.2rem .3rem } .unsaid { margin-block: .6rem .1rem } .unsaid + .quote { margin-block-end: 1rem }
h2 .n, summary .n { color: var(--soft); font-weight: 400; font-size: .85em; margin-inline-start: .3rem }

.reading { display: grid; gap: 3rem; grid-template-columns: minmax(0, 11fr) minmax(0, 10fr); align-items: start } .reading > * { min-inline-size: 0 }
.story { font-family: var(--serif); font-size: 1.1rem; line-height: 1.7; max-inline-size: 40rem; margin-block-end: 1.5rem; overflow-wrap: anywhere } .story:lang(ar) { font-size: 1.22rem; line-height: 1.9 } .story:lang(zh) { line-height: 1.85 } .story p { margin-block-end: 1em } .headline { font-size: 1.3em; line-height: 1.3; font-weight: 600 }
mark { background: none; color: inherit; border-radius: 2px; scroll-margin-block: 30vh } mark a { color: inherit; text-decoration: underline dotted 1px; text-underline-offset: .22em } mark.statement { background: var(--wash); box-decoration-break: clone; -webkit-box-decoration-break: clone } mark.figure { box-shadow: inset 0 -.5em 0 color-mix(in srgb, var(--line) 70%, transparent) }
mark.report { text-decoration: underline; text-decoration-color: var(--accent); text-decoration-thickness: 2px; text-underline-offset: .22em } mark.report a { text-decoration: underline solid 2px var(--accent) } mark a:hover { color: var(--accent) }
mark.lit, mark:target, .field:target, .field.lit, .finding:target, .finding.lit { background: var(--lit) } .text details { margin-block: .3rem; border-block-start: 1px solid var(--line) } .furniture { font-size: .88rem; color: var(--soft) }
.record section { margin-block-end: 1.8rem } .finding { border-inline-start: 3px solid var(--line); padding: .5rem .9rem; margin-block-end: .7rem; background: var(--sheet); scroll-margin-block: 25vh } .finding.cooperation { border-color: var(--cooperation) } .finding.conflict { border-color: var(--conflict) } .finding p { margin-block: .1rem } .finding h3 { font-size: 1.02rem; line-height: 1.35 } .finding.statement, .finding.figure { font-family: var(--serif); font-size: .95rem }
.finding a.to { text-decoration: none } .finding a.to:hover { text-decoration: underline } .fields { font-size: .86rem; table-layout: fixed; overflow-wrap: anywhere } .fields th { font-weight: 400; color: var(--soft); inline-size: 6.5rem } .fields td, .fields th { padding: .2rem .4rem .2rem 0; padding-block: .2rem; border-block-end: 1px dotted var(--line) } .fields td:last-child { font-family: var(--serif); inline-size: 45% } [dir=rtl] .fields th { padding-inline: 0 .4rem } .fields .field { scroll-margin-block: 30vh; display: inline-block; max-inline-size: 100% }
.live { margin-block: 1.2rem } .live progress { inline-size: 100%; block-size: .7rem; accent-color: var(--accent) } .live:focus { outline: none } .keyless kbd { display: none } .keys label { display: inline-flex; gap: .4rem; align-items: center } .keys input { min-block-size: 24px; min-inline-size: 24px }
button.quiet { background: none; color: var(--accent); border-color: var(--line); font-weight: 400; font-size: .84rem; min-block-size: 1.75rem; padding: .1rem .6rem } kbd { font: .72rem/1 var(--mono); border: 1px solid currentColor; border-radius: 3px; padding: .1rem .3rem; margin-inline-start: .3rem; opacity: .8 } @media (hover: none) { kbd { display: none } }
.secret { font-size: 1rem; user-select: all; overflow-wrap: anywhere; display: block; color: var(--ink) } fieldset { border: 1px solid var(--line); border-radius: 4px; padding: .3rem .7rem } legend { font-size: .84rem; color: var(--soft) } .row .tick { display: inline-flex; gap: .3rem; align-items: center; margin-inline-end: .8rem } .tick input { min-block-size: auto } td form.row { margin: 0; gap: .4rem; flex-wrap: nowrap; align-items: center } td .row input { inline-size: 10rem }
.notice.done { border-color: var(--cooperation) } .row { display: flex; flex-wrap: wrap; gap: .6rem .9rem; align-items: end; margin-block: .9rem } .row label { display: grid; gap: .15rem } .row label span { color: var(--soft) } .row .grow { flex: 1 1 14rem } .row .grow input { inline-size: 100% } .answers { align-items: center } .answers a { padding-block: .4rem }
.correct { display: grid; gap: .45rem } .correct > div { display: grid; grid-template-columns: minmax(5.5rem, 8rem) minmax(0, 1fr); gap: .2rem .8rem; align-items: baseline } .correct label { color: var(--soft); font-size: .84rem } .correct :is(input, select) { inline-size: 100% } .correct .small { display: block }
.witness { margin: 0 0 1.4rem } .witness blockquote { margin: 0 } .witness .story { margin-block-end: .3rem } .question .record { position: sticky; inset-block-start: 1rem } .question h3 { margin-block-start: .2rem } .deciding summary { cursor: pointer } table.narrow { inline-size: auto; min-inline-size: 50% }
.judgements p { margin: .15rem 0 .1rem } .history li { padding-block: .25rem; border-block-end: 1px dotted var(--line) } .history .withdrawn strong { text-decoration: line-through; font-weight: 400 } .history .small { display: inline }
ins { text-decoration: none; background: var(--p1) } del { background: var(--m1) }

.docs { display: grid; gap: 3rem; grid-template-columns: minmax(11rem, 15rem) minmax(0, 46rem); align-items: start; text-align: start } .docs > * { min-inline-size: 0 } .manual { font-size: .9rem; position: sticky; inset-block-start: 1rem; max-block-size: calc(100vh - 2rem); overflow-y: auto } .manual h2 { font: 600 .8rem/1.3 var(--sans); color: var(--soft); margin-block: 1rem .2rem } .manual section:first-child h2 { margin-block-start: 0 } .manual .plain > li { border: 0; padding-block: .12rem } .manual a { text-decoration: none } .manual a[aria-current] { font-weight: 600; color: var(--accent) }
.prose { font-family: var(--serif); font-size: 1.04rem; line-height: 1.6; overflow-wrap: anywhere } .prose h2 { font-size: 1.35rem; margin-block: 2rem .6rem } .prose h3 { font-size: 1.1rem; margin-block: 1.4rem .4rem } .prose li { margin-block: .25rem } .prose code { font-size: .84em; color: inherit; background: var(--wash); padding: .06em .25em; border-radius: 3px } .prose pre { overflow-x: auto; background: var(--wash); border-inline-start: 3px solid var(--line); padding: .7rem 1rem; margin-block: .8rem; overflow-wrap: normal } .prose pre code { font: .8rem/1.55 var(--mono); background: none; padding: 0 } .prose table { font: .86rem/1.45 var(--sans); overflow-wrap: break-word } .prose td { min-inline-size: 5.5rem } .prose td code { white-space: nowrap } .prose td:last-child { min-inline-size: 12rem } .prose td.n { min-inline-size: 0 } .prose .scroll { margin-block: .8rem } .prose img { max-inline-size: 100%; block-size: auto; border: 1px solid var(--line) } .contents { columns: 2 14rem; list-style: none; font: .88rem/1.5 var(--sans); padding-block: .6rem; padding-inline-start: 0; border-block: 1px solid var(--line) } .contents li { break-inside: avoid }

@media (max-width: 62rem) { .docs { grid-template-columns: minmax(0, 1fr); gap: 1.5rem } .manual { position: static; max-block-size: none; columns: 2 9rem; order: 1; border-block-start: 1px solid var(--line); padding-block-start: 1rem } .manual section { break-inside: avoid } .beside, .aside, .reading { grid-template-columns: minmax(0, 1fr) } .reading { gap: 2rem } .question .record { position: static } }
@media (max-width: 56rem) {
  .stack, .stack tbody, .stack tr, .stack td, .stack tbody th { display: block } .stack thead { display: none } .stack td, .stack tbody th { border: 0; padding: .1rem 0; text-align: start } .stack tr { border-block-end: 1px solid var(--line); padding-block: .5rem } .stack td:empty { display: none } .stack td[data-name] { display: flex; flex-wrap: wrap; gap: .2rem .6rem; align-items: center } .stack td[data-name]:empty { display: none } .stack td[data-name]::before { content: attr(data-name); flex: 0 0 min(40%, 9rem); font-size: .84rem; color: var(--soft) } .stack td form.row { flex: 1 1 11rem; flex-wrap: wrap } .stack td .row :is(input:not([type=hidden]), select) { flex: 1 1 8rem; inline-size: auto; min-inline-size: 0 }
}
@media (max-width: 40rem) {
  .top { gap: .2rem 1rem } .top nav { order: 3; flex-basis: 100%; min-inline-size: 0 } .top nav ul { gap: 0 .9rem; font-size: .95rem } .seek { flex: 1 1 8rem; max-inline-size: 13rem; margin-inline-start: auto }
  .entry, .articles .entry { grid-template-columns: minmax(0, 1fr) auto } .entry .what { grid-column: 1 / -1; grid-row: 2 } .entry .kind { grid-auto-flow: column; gap: .5rem } .articles .entry .what { padding-inline-start: 0; border: 0 }
  .relations :is(th, td):is(:nth-child(3), :nth-child(4)) { display: none } .relations td:last-child { white-space: normal } .narrow { min-inline-size: 0 } .filters label { flex: 1 1 8rem } .filters select, .filters input { inline-size: 100% } th, td { padding: .3rem .45rem } .chart svg { block-size: 8rem } .facts { gap: .5rem 1.2rem } .finding { padding-inline: .7rem }
  .compare, .compare tbody, .compare tr, .compare td, .compare tbody th { display: block; inline-size: auto; min-inline-size: 0 } .compare thead { display: none } .compare th:first-child { inline-size: auto } .compare td { border: 0; padding-block: .2rem } .compare td + td, .compare th + td { border: 0 } .compare td::before { content: attr(data-side); font-size: .8rem; color: var(--soft); margin-inline-end: .6rem } .compare td:empty, .compare td:last-child:not(:has(blockquote)) { display: none } .compare tr { border-block-end: 1px solid var(--line); padding-block: .3rem } .compare tbody th { border: 0 } .compare .group { border: 0; padding-block: 0 }
  .reports, .reports tbody, .reports tr, .reports td { display: block } .reports thead { display: none } .reports td { border: 0; padding: .05rem 0; text-align: start } .quality { font-size: .86rem } .reports tr { border-block-end: 1px solid var(--line); padding-block: .4rem; display: block } .reports td:empty { display: none } .reports td.day { color: var(--soft); font-size: .84rem }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth } mark, .field, .finding { transition: background-color .2s } }
@media print {
  :root { color-scheme: light } html { font-size: 10pt; background: #fff } .top nav, .seek, .filters, .decide, button, .languages, .pager, .skip, .data { display: none } main, main.wide { max-inline-size: none; padding: 0 } .entry, .finding, tr { break-inside: avoid } a { text-decoration: none } .reading, .aside { display: block } .entry .line a::after { content: '' } details > *:not(summary) { display: block }
}
`
