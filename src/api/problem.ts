/** What went wrong for the one who asked, and the check of what is asked. */
import type { z } from 'zod'

/** Something the asker did wrong, or that is not there. */
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

/** What is asked, checked; throws a problem that names what is wrong. */
export function checkQuery<T>(schema: z.ZodType<T>, given: unknown): T {
  const result = schema.safeParse(given)
  if (result.success) return result.data
  throw new HttpProblem(400, 'Cannot be understood', result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '))
}
