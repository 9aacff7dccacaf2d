/** Stage 5: reports to events, and how each side tells them. Pure: readings and people's judgements in, events out. */
export { joinTellings, RULE, tellAll, type Joined } from './join.ts'
export { neighbours } from './cluster.ts'
export { compare, inWords, JOIN, NEAR, type Verdict } from './compare.ts'
export { anchorOf } from './human.ts'
export { tell, type Telling } from './telling.ts'
