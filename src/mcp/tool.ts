/** A tool: what it is called, what it takes, what it does. */
import type { z } from 'zod'
import { HttpProblem } from '../api/app.ts'
import type { Note } from '../api/deeds.ts'
import type { Desk } from '../api/desk.ts'
import type { KnownActor } from '../api/names.ts'

export interface Tool<Shape extends z.ZodRawShape = z.ZodRawShape> {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly input: Shape
  /** It changes the record. */
  readonly writes?: true
  /** What it changes it notes in the log. The answer as an object; throws HttpProblem for what cannot be answered. */
  run(desk: Desk, input: z.output<z.ZodObject<Shape>>, note: Note): Promise<Readonly<Record<string, unknown>>>
}

/** Keeps the types of input and `run` together. */
export const tool = <Shape extends z.ZodRawShape>(made: Tool<Shape>): Tool => made as unknown as Tool

/** Who is meant by a code, an id or a name in any language and script; the surest first. */
export function whoIs(desk: Desk, asked: string): KnownActor {
  const code = asked.trim().toUpperCase()
  const [known] = [desk.names.get(asked.trim()), /^[A-Z]{3}$/u.test(code) ? desk.names.get(`state:${code}`) : null, ...desk.names.find(asked)].filter((actor) => actor !== null)
  if (!known) throw new HttpProblem(404, 'Not known', `nobody is known as '${asked.slice(0, 100)}'; give a state by its code (RUS), or a name as the press writes it`)
  return known
}

/** The way an asked name was understood. */
export const understood = (asked: string, { id, name }: KnownActor): { readonly asked: string; readonly id: string; readonly name: string } => ({ asked, id, name })
