/** From what a user names (file, folder, pattern, address, `-`) to pages. */
import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileReason as reason, mediaOf, MOST_BYTES as MOST, PAGE_MEDIA } from '../ingest/files.ts'
import type { PageInput } from '../model/index.ts'
import { UserError } from './terminal.ts'

export type Input = { readonly kind: 'file'; readonly path: string } | { readonly kind: 'url'; readonly url: string } | { readonly kind: 'stdin' }

/* Loaded only where a folder or a pattern is named. */
const glob = async (): Promise<typeof import('fast-glob')> => (await import('fast-glob')).default

/** Lists what the user named, in order; folders give the files that can be read (pages, and those with the `more` endings), sorted. Throws UserError for what is not there. */
export async function listInputs(names: readonly string[], more: readonly string[] = []): Promise<Input[]> {
  const out: Input[] = []
  for (const name of names) {
    if (name === '-') out.push({ kind: 'stdin' })
    else if (/^https?:\/\//iu.test(name)) out.push({ kind: 'url', url: name })
    else if (existsSync(name)) out.push(...(statSync(name).isDirectory() ? await filesBelow(name, more) : [{ kind: 'file', path: name } as const]))
    else if ((await glob()).isDynamicPattern(name)) {
      const found = (await (await glob())(name, { dot: false })).sort()
      if (found.length === 0) throw new UserError(`no file fits '${name}'`)
      out.push(...found.map((path) => ({ kind: 'file', path }) as const))
    } else throw new UserError(`there is no file, folder or address '${name}'; give a path, a pattern such as 'pages/*.html', an http(s) address, or - for standard input`)
  }
  if (out.length === 0) throw new UserError('nothing to read: name a file, a folder, a pattern, an address, or - for standard input')
  return out
}

async function filesBelow(folder: string, more: readonly string[]): Promise<Input[]> {
  const kinds = [...Object.keys(PAGE_MEDIA).map((ending) => ending.slice(1)), ...more].join(',')
  try {
    const found = (await (await glob())(`**/*.{${kinds}}`, { cwd: folder })).sort()
    if (found.length === 0) throw new UserError(`the folder '${folder}' holds no page (${Object.keys(PAGE_MEDIA).join(' ')})`)
    return found.map((path) => ({ kind: 'file', path: join(folder, path) }))
  } catch (error) {
    throw error instanceof UserError ? error : new UserError(`cannot list the folder '${folder}': ${reason(error)}`)
  }
}

/** Loads one input as a page. Throws UserError when it cannot be had. */
export async function loadInput(input: Input): Promise<PageInput> {
  if (input.kind === 'url') {
    const { fetchPage, FetchError } = await import('../fetch.ts')
    try {
      return await fetchPage(input.url)
    } catch (error) {
      throw error instanceof FetchError ? new UserError(error.message) : error
    }
  }
  if (input.kind === 'stdin') {
    return { bytes: await readStandardInput(), mediaType: null }
  }
  try {
    const { size } = statSync(input.path)
    if (size > MOST) throw new UserError(`'${input.path}' has ${Math.round(size / 1e6)} MB; pages of up to ${MOST / 1024 / 1024} MiB are read`)
    return { bytes: await readFile(input.path), mediaType: mediaOf(input.path) }
  } catch (error) {
    throw error instanceof UserError ? error : new UserError(`cannot read '${input.path}': ${reason(error)}`)
  }
}

/** How an input is called in messages. */
export function nameOf(input: Input): string {
  return input.kind === 'file' ? input.path : input.kind === 'url' ? input.url : 'standard input'
}

/** All of standard input, up to a bound. */
export const readStandardInput = (): Promise<Uint8Array> => readStream(process.stdin)

async function readStream(stream: AsyncIterable<unknown>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of stream) {
    const bytes = part instanceof Uint8Array ? part : Buffer.from(String(part))
    size += bytes.byteLength
    if (size > MOST) throw new UserError(`standard input has more than ${MOST / 1024 / 1024} MiB`)
    parts.push(bytes)
  }
  return Buffer.concat(parts)
}

export { reason }
