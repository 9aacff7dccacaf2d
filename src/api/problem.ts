/** What the asker did wrong, or what is not there. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem'
  readonly status: 400 | 401 | 403 | 404 | 405 | 413 | 415 | 421 | 429 | 500 | 503
  readonly title: string
  constructor(status: HttpProblem['status'], title: string, detail = '') {
    super(detail)
    this.status = status
    this.title = title
  }
}
