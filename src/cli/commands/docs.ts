/** `readout docs`: the documentation as a site of plain files. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { loadKnowledge } from '../../knowledge/index.ts'
import { PACKAGE_ROOT } from '../../reader.ts'
import { manualIndex } from '../../web/docs-page.ts'
import { html } from '../../web/html.ts'
import { STYLE } from '../../web/style.ts'
import { loadManual } from '../reference.ts'
import { print } from '../terminal.ts'

export const docsCommand = new Command('docs')
  .description('write the documentation as a site of plain HTML files; the desk serves the same under /docs')
  .option('--out <folder>', 'folder to write to', 'site')
  .addHelpText('after', '\nExample:\n  readout docs --out site')
  .action(async ({ out }: { out: string }) => {
    const manual = await loadManual(loadKnowledge(PACKAGE_ROOT))
    const address = (id: string): string => (id.startsWith('images/') ? id : `${id}.html`)
    mkdirSync(join(out, 'images'), { recursive: true })
    for (const { id } of manual.pages) {
      const written = manual.write(id, address)
      if (!written) continue
      const document = html`<!doctype html>
<html lang="en" dir="ltr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${written.title} · Readout</title><link rel="stylesheet" href="desk.css"></head>
<body><header class="top"><p class="mark"><a href="index.html">Readout</a></p></header><main id="content" class="wide"><div class="head"><h1>${written.title}</h1></div><div class="docs">${manualIndex(manual, id, address)}<article class="prose">${written.body}</article></div></main></body></html>
`
      writeFileSync(join(out, `${id}.html`), document.text)
      if (id === 'tutorial') writeFileSync(join(out, 'index.html'), document.text)
    }
    writeFileSync(join(out, 'desk.css'), STYLE)
    const images = join(PACKAGE_ROOT, 'docs', 'images')
    if (existsSync(images)) for (const name of readdirSync(images)) copyFileSync(join(images, name), join(out, 'images', name))
    await print(`${manual.pages.length} pages in ${out}\n`)
  })
