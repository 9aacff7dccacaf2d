/** The date and quantity engines of a language folder, compiled. */
import { compileDates } from '../text/dates.ts'
import { compileQuantities } from '../text/quantities.ts'
import type { TimeEngines } from '../text/times.ts'
import { loadDateTables } from './dates.ts'
import { loadNumberTables, loadQuantityTables } from './numbers.ts'

/** Compiles the engines of a language folder; `ontology` is the folder of the measures. Throws KnowledgeError for tables that are wrong. */
export function loadTimes(folder: string, ontology: string): TimeEngines {
  const numbers = loadNumberTables(folder)
  const dates = loadDateTables(folder, numbers)
  const quantities = loadQuantityTables(folder, ontology, numbers)
  return { dates: dates && compileDates(dates), quantities: quantities && compileQuantities(quantities) }
}
