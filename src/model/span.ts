/** Half-open range [start, end) of UTF-16 code units into `article.text`. */
export type Span = readonly [start: number, end: number]
