/** The log of changes: a line is written in the transaction of the change it tells of, so that neither is there without the other. */
import { userInfo } from 'node:os'
import { type Db, type Deed, noteDeed } from '../store/index.ts'
import type { Who } from './who.ts'

export type Told = Pick<Deed, 'act' | 'subject' | 'detail'>

/** Writes a line of the log, in the transaction given. */
export type Note = (tx: Db, told: Told) => Promise<void>

/** The name of whoever sits at the machine. */
export const nameHere = (): string => {
  try {
    return userInfo().username
  } catch {
    return 'unknown'
  }
}

/** Notes what somebody does over the network. `by` is who they say they are, where nobody logs in. */
export const noteOf = (who: Who, by = ''): Note => (tx, told) => noteDeed(tx, { who: who.name ?? (by.trim() || nameHere()), via: who.via, ...told })

/** Notes what a command on this machine does, under the name of the system's user. */
export const noteCommand: Note = (tx, told) => noteDeed(tx, { who: nameHere(), via: 'command', ...told })

/** What was added by one transaction, as the log tells it; documents that were known already are no change. */
export const noteAdded = (note: Note, subject: string | null, detail: object = {}) => async (tx: Db, { added, failed, articles }: { readonly added: number; readonly failed: number; readonly articles: readonly string[] }): Promise<void> => {
  if (added + failed > 0) await note(tx, { act: 'add', subject, detail: { added, ...(failed > 0 ? { failed } : {}), articles, ...detail } })
}
