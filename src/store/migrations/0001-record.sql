-- The record. PostgreSQL 15 subset: the embedded engine is newer, the server may not be.
-- Ids and keys compare byte by byte (collate "C"), so that every database puts them in the same order.
-- No foreign keys on the tables that grow (they cost a look-up a row); the code writes a document and all its rows in one transaction.

create table meta (
  key text collate "C" primary key,
  value text not null
);

create table sources (
  id text collate "C" primary key,
  kind text collate "C" not null,
  name text not null,
  url text collate "C",
  country text,
  settings json not null default '{}',
  created_at timestamptz not null
);

-- Which code and which knowledge read what. The id is derived from both, so the same pair is one run.
create table runs (
  id text collate "C" primary key,
  code text not null,
  knowledge text not null,
  note text,
  started_at timestamptz not null
);

-- Bytes as fetched, once per content. Never partitioned: the hash must be unique over all time.
create table pages (
  hash text collate "C" primary key,
  encoding text not null check (encoding in ('none', 'brotli')),
  size integer not null,
  media_type text,
  charset text,
  bytes bytea not null,
  first_seen timestamptz not null
);
alter table pages alter column bytes set storage external;

-- One row per address: when it is due, what the server said last, who is fetching it now.
create table addresses (
  url text collate "C" primary key,
  host text collate "C" not null,
  source text references sources (id),
  etag text,
  last_modified text,
  last_status integer,
  last_error text,
  last_fetched timestamptz,
  next_due timestamptz,
  failures integer not null default 0,
  claimed_by text,
  claimed_until timestamptz
);
create index addresses_due on addresses (next_due) where next_due is not null;
create index addresses_host on addresses (host);

create table fetches (
  address text collate "C" not null,
  fetched_at timestamptz not null,
  status integer,
  page text collate "C",
  article text collate "C",
  primary key (address, fetched_at)
);
create index fetches_page on fetches (page);

-- The directory of articles: light, unique by id over all months. Versions of one address share `address`.
create table articles (
  id text collate "C" primary key,
  month date not null,
  address text collate "C",
  page text collate "C",
  source text,
  language text not null,
  publisher text,
  title text,
  published text,
  published_day date,
  characters integer not null,
  reports integer not null,
  telling text collate "C",
  run text collate "C" not null,
  first_seen timestamptz not null
);
create index articles_address on articles (address, first_seen);
create index articles_published on articles (coalesce(published_day, '0001-01-01'::date), id);
create index articles_month on articles (month);
create index articles_page on articles (page);
create index articles_telling on articles (telling) where telling is not null;
create index articles_run on articles (run, id);

-- Bands of a near-copy signature: two articles that share one may tell one wire text.
create table article_bands (
  band text collate "C" not null,
  article text collate "C" not null,
  primary key (band, article)
);
create index article_bands_article on article_bands (article);

-- From here the tables that grow with the text: partitioned by month of publication, partitions made on demand.
create table article_texts (
  month date not null,
  article text collate "C" not null,
  day date not null,
  language text not null,
  text text not null,
  body json not null,
  notices json not null,
  search tsvector not null,
  primary key (article, month)
) partition by range (month);
create index article_texts_search on article_texts using gin (search);

-- One row per article and thing named; `items` holds every mention of it.
create table mentions (
  month date not null,
  article text collate "C" not null,
  kind text collate "C" not null,
  key text collate "C" not null,
  country text,
  times integer not null,
  items json not null,
  primary key (article, kind, key, month)
) partition by range (month);
create index mentions_key on mentions (key);

create table reports (
  month date not null,
  id text collate "C" not null,
  article text collate "C" not null,
  ordinal integer not null,
  type text not null,
  mode text,
  status text not null,
  historical boolean not null,
  confidence double precision not null,
  first_day date,
  last_day date,
  day date not null,
  rule text not null,
  body json not null,
  primary key (id, month)
) partition by range (month);
create index reports_article on reports (article);
create index reports_day on reports (day, id);

create table statements (
  month date not null,
  id text collate "C" not null,
  article text collate "C" not null,
  ordinal integer not null,
  speaker text collate "C" not null,
  country text,
  stance text not null,
  report text collate "C",
  day date not null,
  body json not null,
  primary key (id, month)
) partition by range (month);
create index statements_article on statements (article);
create index statements_speaker on statements (speaker, day);

create table figures (
  month date not null,
  article text collate "C" not null,
  ordinal integer not null,
  measure text collate "C" not null,
  value double precision not null,
  unit text,
  parties text[] not null,
  body json not null,
  primary key (article, ordinal, month)
) partition by range (month);
create index figures_measure on figures (measure);

-- Reports by who takes part: a country, a pair of countries (`CHN|RUS`, sorted) or an actor, in order of the day it happened.
-- Narrow and not partitioned, so that one chronology is one walk along one index whatever the years.
create table report_keys (
  key text collate "C" not null,
  day date not null,
  report text collate "C" not null,
  month date not null,
  type text not null,
  status text not null,
  historical boolean not null,
  confidence real not null,
  primary key (key, day, report)
);
create index report_keys_report on report_keys (report);

create table events (
  id text collate "C" primary key,
  type text not null,
  mode text,
  status text not null,
  historical boolean not null,
  confidence double precision not null,
  first_day date,
  last_day date,
  day date not null,
  reports integer not null,
  body json not null
);
create index events_day on events (day, id);

create table event_keys (
  key text collate "C" not null,
  day date not null,
  event text collate "C" not null references events (id) on delete cascade,
  type text not null,
  status text not null,
  historical boolean not null,
  confidence real not null,
  primary key (key, day, event)
);
create index event_keys_event on event_keys (event);

create table event_reports (
  report text collate "C" primary key,
  month date not null,
  event text collate "C" not null references events (id) on delete cascade
);
create index event_reports_event on event_reports (event);

-- How one side tells one event.
create table accounts (
  event text collate "C" not null references events (id) on delete cascade,
  side text collate "C" not null,
  body json not null,
  primary key (event, side)
);

-- Decisions, by a rule or by a person. Appended and withdrawn, never changed.
create table judgements (
  id text collate "C" primary key,
  kind text collate "C" not null check (kind in ('same-event', 'not-same', 'field-correction', 'confirm', 'reject', 'annotate')),
  report text collate "C",
  other text collate "C",
  event text collate "C",
  field text,
  value json,
  anchors json,
  by_kind text not null check (by_kind in ('rule', 'person')),
  by_name text not null,
  at timestamptz not null,
  why text not null,
  score double precision,
  withdrawn_at timestamptz,
  withdrawn_by text,
  withdrawn_why text
);
create index judgements_report on judgements (report);
create index judgements_other on judgements (other);
create index judgements_event on judgements (event);
create index judgements_by on judgements (by_kind, at, id);

create function judgements_are_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.by_kind = 'person' then raise exception 'a judgement by a person is never deleted; withdraw it' using errcode = '23R01'; end if;
    return old;
  end if;
  if old.withdrawn_at is not null or new.withdrawn_at is null
    or (to_jsonb(new) - array['withdrawn_at', 'withdrawn_by', 'withdrawn_why']) is distinct from (to_jsonb(old) - array['withdrawn_at', 'withdrawn_by', 'withdrawn_why'])
  then raise exception 'a judgement is never changed; withdraw it and add another' using errcode = '23R01'; end if;
  return new;
end $$;
create trigger judgements_are_kept before update or delete on judgements for each row execute function judgements_are_kept();

-- Documents set aside, with the reason.
create table problems (
  id text collate "C" primary key,
  at timestamptz not null,
  stage text not null,
  code text not null,
  message text not null,
  subject text collate "C" not null,
  page text collate "C",
  attempts integer not null default 1,
  resolved_at timestamptz
);
create index problems_open on problems (at, id) where resolved_at is null;
create index problems_subject on problems (subject);

-- Feeds and sites that are kept up to date.
create table feeds (
  url text collate "C" primary key,
  kind text collate "C" not null,
  source text references sources (id),
  etag text,
  last_modified text,
  last_status integer,
  last_error text,
  last_fetched timestamptz,
  next_due timestamptz not null,
  failures integer not null default 0,
  every_seconds integer not null,
  paused boolean not null default false
);
create index feeds_due on feeds (next_due) where not paused;

-- Long work and how far it got, so that it can stop and resume anywhere.
create table jobs (
  id text collate "C" primary key,
  kind text collate "C" not null,
  spec json not null,
  cursor json,
  state text not null check (state in ('running', 'stopped', 'done', 'failed')),
  done bigint not null default 0,
  failed bigint not null default 0,
  total bigint,
  started_at timestamptz not null,
  updated_at timestamptz not null
);

create table searches (
  id text collate "C" primary key,
  name text not null unique,
  query json not null,
  created_at timestamptz not null
);

-- Makes the partitions of the given months (first days of months) where they are missing.
-- Attaching takes a lighter lock than `create table … partition of`: readers and writers of other months go on.
create function ensure_months(months date[]) returns integer language plpgsql as $$
declare
  parent text;
  part text;
  month date;
  made integer := 0;
begin
  foreach month in array months loop
    continue when month < date '1900-01-01' or month >= date '2100-01-01';
    foreach parent in array array['article_texts', 'mentions', 'reports', 'statements', 'figures'] loop
      part := parent || to_char(month, '_YYYY_MM');
      continue when to_regclass(part) is not null;
      perform pg_advisory_xact_lock(7723311, 2);
      -- Asked of the table itself: the cache behind to_regclass may not know yet what another process has just made.
      continue when exists (select 1 from pg_class where relname = part and relnamespace = (select relnamespace from pg_class where oid = parent::regclass));
      execute format('create table %I (like %I including all)', part, parent);
      execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, part, month, month + interval '1 month');
      made := made + 1;
    end loop;
  end loop;
  return made;
end $$;

-- Articles without a date, and dates beyond what a page can honestly bear.
do $$
declare
  parent text;
begin
  foreach parent in array array['article_texts', 'mentions', 'reports', 'statements', 'figures'] loop
    execute format('create table %I partition of %I for values from (minvalue) to (%L)', parent || '_undated', parent, '1900-01-01');
    execute format('create table %I partition of %I for values from (%L) to (maxvalue)', parent || '_later', parent, '2100-01-01');
  end loop;
end $$;
