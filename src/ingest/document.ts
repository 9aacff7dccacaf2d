/** What sources give: documents to be read, and those that could not be had. */

/** A document with what is known of it beforehand. */
export interface Document {
  /** What people call it: its file, its address, its place in an archive. */
  readonly name: string
  readonly bytes: Uint8Array
  readonly url?: string | null
  readonly mediaType?: string | null
  readonly charset?: string | null
  readonly language?: string | null
  /** Day of publication, surer than what the page says (EDTF). */
  readonly published?: string | null
  /** When the list it came from dates it; counts only where the page does not say. */
  readonly listed?: string | null
  /** Id of a source in the store. */
  readonly source?: string | null
  /** When its address was fetched, and the answer. */
  readonly fetched?: { readonly at: string; readonly status: number | null }
  /** What the server said of its address, to be noted when the document is kept. */
  readonly address?: { readonly url: string; readonly status: number; readonly etag: string | null; readonly lastModified: string | null; readonly first: boolean; readonly nextDue?: string | null }
}

/** A document that could not be had, with the reason. */
export interface Missing {
  readonly name: string
  readonly problem: { readonly stage: string; readonly code: string; readonly message: string }
}

export type Given = Document | Missing

export const isMissing = (given: Given): given is Missing => 'problem' in given

/** An address found in a list, to be fetched. */
export interface Link {
  readonly url: string
  readonly listed?: string | null
  readonly title?: string | null
}

/** The reason of an error in one line, without a stack. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.split('\n', 1)[0]?.slice(0, 500) ?? ''
}
