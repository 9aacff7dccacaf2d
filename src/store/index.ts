/**
 * The store: the lasting record. Embedded (a folder, one process) or PostgreSQL 15+ (an address, many processes); the same SQL on both.
 *
 *   const store = await openStore({ dir: 'data' })            // or { url: 'postgres://…' }
 *   const run = await putRun(store.db, { code, knowledge })
 *   const results = await putReadings(store.db, [{ reading, page: { bytes } }], { run, words })
 *   const page = await listReports(store.db, { pair: ['RUS', 'CHN'], order: 'newest' })
 *   await store.close()
 *
 * How it is used:
 * - Functions are grouped by noun, one small file each, and take a handle first: `store.db`, or the handle of
 *   `store.transaction(async (tx) => …)`. Inside a transaction use only that handle (the embedded engine has one connection;
 *   using `store.db` there throws `nested-use` at once instead of waiting for ever). A transaction is run again when another
 *   process got in its way, so nothing but the store may be changed inside.
 * - `putReadings` keeps 50 to 200 documents in one go: idempotent by the article's id, atomic per document, bad ones returned
 *   as `failed` with the reason. To resume anywhere, call it with the handle of a transaction in which `advanceJob` moves the
 *   cursor too (then a bad document fails the transaction: put the batch one by one, and `putProblem`).
 * - `words` is the one function that turns a text, or a query, into the words it is found by. Use the same for both.
 * - `documents` say what was given to be read; with the pages they are all that is needed to read everything again.
 * - Rows read from a text lie in partitions by month of publication. An article's `month` says which; look-ups by id that are
 *   given the month touch one partition.
 * - Keys (`partyKeys`, `pairKey`) say who takes part: a country, a pair of countries, an actor. Chronologies are walks along them.
 * - Lists are paged by an opaque `cursor` (`next` of the page before); pages stay right while rows are added.
 * - Events, their keys, members and accounts are derived: write them with `putEvents` under `lockKeys` in one transaction.
 *   Judgements are appended and withdrawn, never changed; the database itself refuses anything else.
 * - Whatever goes wrong is a `StoreError` with a `code`, what happened, where, and what to do.
 * - After large work call `tidy` (the embedded engine has no upkeep of its own).
 */
export { openStore, type Store, type StoreOptions } from './open.ts'
export { storableDeep } from './rows.ts'
export { StoreError, type StoreCode } from './errors.ts'
export { type Holder, readHolder } from './engine/lock.ts'
export { JUDGEMENT_KINDS, type Db, type JobState, type JudgementKind, type Tables } from './schema.ts'
export type { Paged } from './cursor.ts'
export { edtfDays, monthOf, shiftDay, UNDATED, type DayRange } from './days.ts'
export { pairKey, partyKeys } from './keys.ts'
export { getPage, knownPages, pageHash, putPage, type PageInput } from './pages.ts'
export { deleteArticles, ensureMonths, putReading, putReadings, type PutOptions, type PutReading, type PutResult, type SearchWords } from './readings.ts'
export { countDocuments, documentId, documentsAfter, getDocuments, orphans, putDocuments, type DocumentHead, type DocumentRecord } from './documents.ts'
export { articlesToReread, listRuns, putRun, setRun, type Run } from './runs.ts'
export { articlesOfAddresses, articlesOfBands, getArticle, getArticles, getEntries, getPlaces, getReading, getTexts, listArticles, listVersions, naming, setTelling, sharingBands, type ArticleEntry, type ArticlePlace, type ArticleFilter } from './articles.ts'
export { countByMonth, getReports, listReports, reportsOfArticle, topPairs, type ReportFilter, type StoredReport } from './reports.ts'
export { figuresOf, listFigures, listStatements, speakersOf, type StatementFilter, type StoredStatement } from './statements.ts'
export { searchArticles, wordQuery, type SearchQuery } from './search.ts'
export { appendJudgements, dropRuleJudgements, importJudgements, listJudgements, lostJudgements, withdrawJudgement, type Judgement, type JudgementFilter, type NewJudgement } from './judgements.ts'
export { deleteEvents, eventsOfReports, getEvents, listAccounts, listEvents, lockKeys, putAccounts, putEvents, reportsOfEvent, type AccountRecord, type EventFilter, type EventRecord, type StoredEvent } from './events.ts'
export { codedFileId, dropCoder, getCodedFile, listCodedFiles, listCoders, listCodings, putCodedFile, putCodings, type CodedFile, type CodedLine, type Coder, type CodingFilter } from './codings.ts'
export { listProblems, openSubjects, putProblem, resolveProblems, type Problem } from './problems.ts'
export { advanceJob, listJobs, startJob, type Job } from './jobs.ts'
export { claimAddress, claimAddresses, deleteFeed, getAddress, getDueFeed, lockHost, nextDue, listFeeds, listSources, noteAddress, noteFeed, pauseFeed, putAddresses, putFeed, putSource, type Address, type Feed, type Outcome, type Source } from './watch.ts'
export { eventSums, pairSums, type EventSum, type PairSum } from './sums.ts'
export { noQueue, openQueue, QUEUES, type Queue, type QueuedJob, type QueueName, type QueueOptions, type QueueState } from './queue.ts'
export { deleteSearch, listSearches, saveSearch, type SavedSearch } from './saved.ts'
export { CHANNELS, claimDeliveries, countDeliveries, deleteAlert, listAlerts, putAlert, putDeliveries, releaseDeliveries, retryDeliveries, settleDelivery, TELLS, wasTold, type Alert, type Channel, type Delivery, type NewAlert, type NewDelivery, type Tells } from './alerts.ts'
export { appendNews, lastNews, newsAfter, type News, type NewsKind } from './news.ts'
export {
  addKey, addSession, addUser, changeUser, dropSession, dropSessions, findKey, findSession, getUser, listKeys, listUsers, noteRight, noteWrong, revokeKey, ROLES, touchKey, touchSession, type ApiKey, type Role, type User, type UserSecret,
} from './people.ts'
export { listDeeds, noteDeed, type AuditEntry, type Deed, type Via } from './audit.ts'
export { storeStats, tidy, type StoreStats } from './stats.ts'
export { backup, copyStore, restore } from './transfer/backup.ts'
export type { Progress } from './transfer/write.ts'
