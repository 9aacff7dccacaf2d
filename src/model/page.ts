/** What was fetched or given: bytes, address, media type, and what the caller knows beforehand. */
export interface Page {
  readonly bytes: Uint8Array
  /** Address the bytes came from, if any. */
  readonly url: string | null
  /** Media type as declared by the server or guessed from the file name, e.g. `text/html`; null when unknown. */
  readonly mediaType: string | null
  /** Charset declared outside the bytes (HTTP header), null when none. */
  readonly charset: string | null
}

/** What a caller may hand to `read`: a Page, or text with what is known about it. */
export interface PageInput {
  readonly text?: string
  readonly bytes?: Uint8Array
  readonly url?: string | null
  readonly mediaType?: string | null
  readonly charset?: string | null
  /** ISO 639-1 code; overrides detection. */
  readonly language?: string | null
  /** EDTF date of publication; overrides what the page says. */
  readonly published?: string | null
}
