/** Acts the log of changes tells: every language of the desk has words for each. */
export const ACTS = [
  'person added', 'member added', 'person let in', 'person shut out', 'role changed', 'password changed', 'key made', 'key revoked', 'decide', 'undo', 'decisions applied', 'search saved', 'search deleted', 'alert deleted',
  'alerts retried', 'add', 'subscribe', 'unsubscribe', 'login', 'login refused', 'logout', 'file of a coder kept', 'coder removed', 'rebuild', 'problem resolved',
] as const
export type Act = (typeof ACTS)[number]
