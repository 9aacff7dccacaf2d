/** What the commands about people, keys and the log share. */
import { HttpProblem } from '../api/problem.ts'
import { StoreError } from '../store/index.ts'
import { UserError } from './terminal.ts'

/** Does it; what cannot be done is the user's mistake. */
export async function doing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof HttpProblem) throw new UserError(error.message)
    if (error instanceof StoreError && error.code === 'bad-row') throw new UserError(error.what)
    throw error
  }
}

/** A password from READOUT_PASSWORD, from a pipe, or asked for without showing it. */
export async function askPassword(question: string): Promise<string> {
  const given = process.env['READOUT_PASSWORD']
  if (given) return given
  const { stdin, stderr } = process
  if (!stdin.isTTY) {
    let text = ''
    for await (const chunk of stdin) {
      text += String(chunk)
      if (text.length > 10_000) break
    }
    const [line = ''] = text.split(/\r?\n/u)
    if (line === '') throw new UserError('no password was given: set READOUT_PASSWORD, or give it on standard input')
    return line
  }
  stderr.write(question)
  stdin.setRawMode(true)
  try {
    let word = ''
    for await (const chunk of stdin) {
      for (const sign of String(chunk)) {
        if (sign === '\r' || sign === '\n') return word
        if (sign === '\u0003') throw new UserError('nothing was changed')
        word = sign === '\u007f' || sign === '\b' ? word.slice(0, -1) : word + sign
      }
    }
    return word
  } finally {
    stdin.setRawMode(false)
    stderr.write('\n')
  }
}
