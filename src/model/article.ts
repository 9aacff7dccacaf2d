export const FURNITURE_KINDS = [
  'advertisement', 'source-link', 'comments', 'share', 'related', 'navigation', 'newsletter', 'tags', 'legal',
] as const
export type FurnitureKind = (typeof FURNITURE_KINDS)[number]

/** A part of the page that is not the story. */
export interface Furniture {
  readonly kind: FurnitureKind
  readonly text: string
}

export interface Caption {
  readonly text: string
  readonly credit: string | null
}

/** The story in a page. `text` = headline, lead and body, paragraphs parted by an empty line. */
export interface Article {
  readonly id: string
  readonly url: string | null
  /** ISO 639-1 code, `und` when it could not be told. */
  readonly language: string
  readonly direction: 'ltr' | 'rtl'
  readonly title: string | null
  readonly lead: string | null
  readonly byline: string | null
  /** Usual names of the news agencies credited. */
  readonly agencies: readonly string[]
  readonly publisher: string | null
  /** EDTF date, null when the page does not say. */
  readonly published: string | null
  readonly text: string
  readonly captions: readonly Caption[]
  readonly furniture: readonly Furniture[]
}
