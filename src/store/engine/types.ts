/** Values as both engines hand them over: dates stay text, instants are ISO text in UTC, whole numbers are numbers. */
import pg from 'pg'

const DATE = 1082
const INSTANT = 1184
const INT8 = 20

const instant = (value: string): string => {
  const parsed: unknown = pg.types.getTypeParser(INSTANT)(value)
  return parsed instanceof Date ? parsed.toISOString() : value
}

type Parser = (value: string) => unknown

/** Type parsers of one pool; the library's global ones are left alone. */
export const TYPES: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary'): Parser => {
    if (format !== 'binary') {
      if (oid === DATE) return String
      if (oid === INSTANT) return instant
      if (oid === INT8) return Number
    }
    return pg.types.getTypeParser(oid, format as 'text') as Parser
  }) as pg.CustomTypesConfig['getTypeParser'],
}
