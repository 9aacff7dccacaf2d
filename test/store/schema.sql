table accounts
  event text collate C not null
  side text collate C not null
  body json not null
table addresses
  url text collate C not null
  host text collate C not null
  source text
  etag text
  last_modified text
  last_status integer
  last_error text
  last_fetched timestamp with time zone
  next_due timestamp with time zone
  failures integer not null default 0
  claimed_by text
  claimed_until timestamp with time zone
table article_bands
  band text collate C not null
  article text collate C not null
table article_texts partition by RANGE (month)
  month date not null
  article text collate C not null
  day date not null
  language text not null
  text text not null
  body json not null
  notices json not null
  search tsvector not null
table article_texts_later partition FOR VALUES FROM ('2100-01-01') TO (MAXVALUE)
table article_texts_undated partition FOR VALUES FROM (MINVALUE) TO ('1900-01-01')
table articles
  id text collate C not null
  month date not null
  address text collate C
  page text collate C
  source text
  language text not null
  publisher text
  title text
  published text
  published_day date
  characters integer not null
  reports integer not null
  telling text collate C
  run text collate C not null
  first_seen timestamp with time zone not null
table event_keys
  key text collate C not null
  day date not null
  event text collate C not null
  type text not null
  status text not null
  historical boolean not null
  confidence real not null
table event_reports
  report text collate C not null
  month date not null
  event text collate C not null
table events
  id text collate C not null
  type text not null
  mode text
  status text not null
  historical boolean not null
  confidence double precision not null
  first_day date
  last_day date
  day date not null
  reports integer not null
  body json not null
table feeds
  url text collate C not null
  kind text collate C not null
  source text
  etag text
  last_modified text
  last_status integer
  last_error text
  last_fetched timestamp with time zone
  next_due timestamp with time zone not null
  failures integer not null default 0
  every_seconds integer not null
  paused boolean not null default false
table fetches
  address text collate C not null
  fetched_at timestamp with time zone not null
  status integer
  page text collate C
  article text collate C
table figures partition by RANGE (month)
  month date not null
  article text collate C not null
  ordinal integer not null
  measure text collate C not null
  value double precision not null
  unit text
  parties text[] not null
  body json not null
table figures_later partition FOR VALUES FROM ('2100-01-01') TO (MAXVALUE)
table figures_undated partition FOR VALUES FROM (MINVALUE) TO ('1900-01-01')
table jobs
  id text collate C not null
  kind text collate C not null
  spec json not null
  cursor json
  state text not null
  done bigint not null default 0
  failed bigint not null default 0
  total bigint
  started_at timestamp with time zone not null
  updated_at timestamp with time zone not null
table judgements
  id text collate C not null
  kind text collate C not null
  report text collate C
  other text collate C
  event text collate C
  field text
  value json
  anchors json
  by_kind text not null
  by_name text not null
  at timestamp with time zone not null
  why text not null
  score double precision
  withdrawn_at timestamp with time zone
  withdrawn_by text
  withdrawn_why text
table mentions partition by RANGE (month)
  month date not null
  article text collate C not null
  kind text collate C not null
  key text collate C not null
  country text
  times integer not null
  items json not null
table mentions_later partition FOR VALUES FROM ('2100-01-01') TO (MAXVALUE)
table mentions_undated partition FOR VALUES FROM (MINVALUE) TO ('1900-01-01')
table meta
  key text collate C not null
  value text not null
table migrations
  number integer not null
  name text not null
  sha256 text not null
  applied_at timestamp with time zone not null default now()
table pages
  hash text collate C not null
  encoding text not null
  size integer not null
  media_type text
  charset text
  bytes bytea not null
  first_seen timestamp with time zone not null
table problems
  id text collate C not null
  at timestamp with time zone not null
  stage text not null
  code text not null
  message text not null
  subject text collate C not null
  page text collate C
  attempts integer not null default 1
  resolved_at timestamp with time zone
table report_keys
  key text collate C not null
  day date not null
  report text collate C not null
  month date not null
  type text not null
  status text not null
  historical boolean not null
  confidence real not null
table reports partition by RANGE (month)
  month date not null
  id text collate C not null
  article text collate C not null
  ordinal integer not null
  type text not null
  mode text
  status text not null
  historical boolean not null
  confidence double precision not null
  first_day date
  last_day date
  day date not null
  rule text not null
  body json not null
table reports_later partition FOR VALUES FROM ('2100-01-01') TO (MAXVALUE)
table reports_undated partition FOR VALUES FROM (MINVALUE) TO ('1900-01-01')
table runs
  id text collate C not null
  code text not null
  knowledge text not null
  note text
  started_at timestamp with time zone not null
table searches
  id text collate C not null
  name text not null
  query json not null
  created_at timestamp with time zone not null
table sources
  id text collate C not null
  kind text collate C not null
  name text not null
  url text collate C
  country text
  settings json not null default '{}'::json
  created_at timestamp with time zone not null
table statements partition by RANGE (month)
  month date not null
  id text collate C not null
  article text collate C not null
  ordinal integer not null
  speaker text collate C not null
  country text
  stance text not null
  report text collate C
  day date not null
  body json not null
table statements_later partition FOR VALUES FROM ('2100-01-01') TO (MAXVALUE)
table statements_undated partition FOR VALUES FROM (MINVALUE) TO ('1900-01-01')
CREATE INDEX addresses_due ON public.addresses USING btree (next_due) WHERE (next_due IS NOT NULL)
CREATE INDEX addresses_host ON public.addresses USING btree (host)
CREATE INDEX article_bands_article ON public.article_bands USING btree (article)
CREATE INDEX article_texts_search ON ONLY public.article_texts USING gin (search)
CREATE INDEX articles_address ON public.articles USING btree (address, first_seen)
CREATE INDEX articles_month ON public.articles USING btree (month)
CREATE INDEX articles_page ON public.articles USING btree (page)
CREATE INDEX articles_published ON public.articles USING btree (COALESCE(published_day, '0001-01-01'::date), id)
CREATE INDEX articles_run ON public.articles USING btree (run, id)
CREATE INDEX articles_telling ON public.articles USING btree (telling) WHERE (telling IS NOT NULL)
CREATE INDEX event_keys_event ON public.event_keys USING btree (event)
CREATE INDEX event_reports_event ON public.event_reports USING btree (event)
CREATE INDEX events_day ON public.events USING btree (day, id)
CREATE INDEX feeds_due ON public.feeds USING btree (next_due) WHERE (NOT paused)
CREATE INDEX fetches_page ON public.fetches USING btree (page)
CREATE INDEX figures_measure ON ONLY public.figures USING btree (measure)
CREATE INDEX judgements_by ON public.judgements USING btree (by_kind, at, id)
CREATE INDEX judgements_event ON public.judgements USING btree (event)
CREATE INDEX judgements_other ON public.judgements USING btree (other)
CREATE INDEX judgements_report ON public.judgements USING btree (report)
CREATE INDEX mentions_key ON ONLY public.mentions USING btree (key)
CREATE INDEX problems_open ON public.problems USING btree (at, id) WHERE (resolved_at IS NULL)
CREATE INDEX problems_subject ON public.problems USING btree (subject)
CREATE INDEX report_keys_report ON public.report_keys USING btree (report)
CREATE INDEX reports_article ON ONLY public.reports USING btree (article)
CREATE INDEX reports_day ON ONLY public.reports USING btree (day, id)
CREATE INDEX statements_article ON ONLY public.statements USING btree (article)
CREATE INDEX statements_speaker ON ONLY public.statements USING btree (speaker, day)
CREATE OR REPLACE FUNCTION public.ensure_months(months date[])
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
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
end $function$

CREATE OR REPLACE FUNCTION public.judgements_are_kept()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' then
    if old.by_kind = 'person' then raise exception 'a judgement by a person is never deleted; withdraw it' using errcode = '23R01'; end if;
    return old;
  end if;
  if old.withdrawn_at is not null or new.withdrawn_at is null
    or (to_jsonb(new) - array['withdrawn_at', 'withdrawn_by', 'withdrawn_why']) is distinct from (to_jsonb(old) - array['withdrawn_at', 'withdrawn_by', 'withdrawn_why'])
  then raise exception 'a judgement is never changed; withdraw it and add another' using errcode = '23R01'; end if;
  return new;
end $function$

CREATE TRIGGER judgements_are_kept BEFORE DELETE OR UPDATE ON public.judgements FOR EACH ROW EXECUTE FUNCTION judgements_are_kept()
CREATE UNIQUE INDEX accounts_pkey ON public.accounts USING btree (event, side)
CREATE UNIQUE INDEX addresses_pkey ON public.addresses USING btree (url)
CREATE UNIQUE INDEX article_bands_pkey ON public.article_bands USING btree (band, article)
CREATE UNIQUE INDEX article_texts_pkey ON ONLY public.article_texts USING btree (article, month)
CREATE UNIQUE INDEX articles_pkey ON public.articles USING btree (id)
CREATE UNIQUE INDEX event_keys_pkey ON public.event_keys USING btree (key, day, event)
CREATE UNIQUE INDEX event_reports_pkey ON public.event_reports USING btree (report)
CREATE UNIQUE INDEX events_pkey ON public.events USING btree (id)
CREATE UNIQUE INDEX feeds_pkey ON public.feeds USING btree (url)
CREATE UNIQUE INDEX fetches_pkey ON public.fetches USING btree (address, fetched_at)
CREATE UNIQUE INDEX figures_pkey ON ONLY public.figures USING btree (article, ordinal, month)
CREATE UNIQUE INDEX jobs_pkey ON public.jobs USING btree (id)
CREATE UNIQUE INDEX judgements_pkey ON public.judgements USING btree (id)
CREATE UNIQUE INDEX mentions_pkey ON ONLY public.mentions USING btree (article, kind, key, month)
CREATE UNIQUE INDEX meta_pkey ON public.meta USING btree (key)
CREATE UNIQUE INDEX migrations_pkey ON public.migrations USING btree (number)
CREATE UNIQUE INDEX pages_pkey ON public.pages USING btree (hash)
CREATE UNIQUE INDEX problems_pkey ON public.problems USING btree (id)
CREATE UNIQUE INDEX report_keys_pkey ON public.report_keys USING btree (key, day, report)
CREATE UNIQUE INDEX reports_pkey ON ONLY public.reports USING btree (id, month)
CREATE UNIQUE INDEX runs_pkey ON public.runs USING btree (id)
CREATE UNIQUE INDEX searches_name_key ON public.searches USING btree (name)
CREATE UNIQUE INDEX searches_pkey ON public.searches USING btree (id)
CREATE UNIQUE INDEX sources_pkey ON public.sources USING btree (id)
CREATE UNIQUE INDEX statements_pkey ON ONLY public.statements USING btree (id, month)
constraint accounts_event_fkey on accounts: FOREIGN KEY (event) REFERENCES events(id) ON DELETE CASCADE
constraint accounts_pkey on accounts: PRIMARY KEY (event, side)
constraint addresses_pkey on addresses: PRIMARY KEY (url)
constraint addresses_source_fkey on addresses: FOREIGN KEY (source) REFERENCES sources(id)
constraint article_bands_pkey on article_bands: PRIMARY KEY (band, article)
constraint article_texts_pkey on article_texts: PRIMARY KEY (article, month)
constraint articles_pkey on articles: PRIMARY KEY (id)
constraint event_keys_event_fkey on event_keys: FOREIGN KEY (event) REFERENCES events(id) ON DELETE CASCADE
constraint event_keys_pkey on event_keys: PRIMARY KEY (key, day, event)
constraint event_reports_event_fkey on event_reports: FOREIGN KEY (event) REFERENCES events(id) ON DELETE CASCADE
constraint event_reports_pkey on event_reports: PRIMARY KEY (report)
constraint events_pkey on events: PRIMARY KEY (id)
constraint feeds_pkey on feeds: PRIMARY KEY (url)
constraint feeds_source_fkey on feeds: FOREIGN KEY (source) REFERENCES sources(id)
constraint fetches_pkey on fetches: PRIMARY KEY (address, fetched_at)
constraint figures_pkey on figures: PRIMARY KEY (article, ordinal, month)
constraint jobs_pkey on jobs: PRIMARY KEY (id)
constraint jobs_state_check on jobs: CHECK ((state = ANY (ARRAY['running'::text, 'stopped'::text, 'done'::text, 'failed'::text])))
constraint judgements_by_kind_check on judgements: CHECK ((by_kind = ANY (ARRAY['rule'::text, 'person'::text])))
constraint judgements_kind_check on judgements: CHECK ((kind = ANY (ARRAY['same-event'::text, 'not-same'::text, 'field-correction'::text, 'confirm'::text, 'reject'::text, 'annotate'::text])))
constraint judgements_pkey on judgements: PRIMARY KEY (id)
constraint mentions_pkey on mentions: PRIMARY KEY (article, kind, key, month)
constraint meta_pkey on meta: PRIMARY KEY (key)
constraint migrations_pkey on migrations: PRIMARY KEY (number)
constraint pages_encoding_check on pages: CHECK ((encoding = ANY (ARRAY['none'::text, 'brotli'::text])))
constraint pages_pkey on pages: PRIMARY KEY (hash)
constraint problems_pkey on problems: PRIMARY KEY (id)
constraint report_keys_pkey on report_keys: PRIMARY KEY (key, day, report)
constraint reports_pkey on reports: PRIMARY KEY (id, month)
constraint runs_pkey on runs: PRIMARY KEY (id)
constraint searches_name_key on searches: UNIQUE (name)
constraint searches_pkey on searches: PRIMARY KEY (id)
constraint sources_pkey on sources: PRIMARY KEY (id)
constraint statements_pkey on statements: PRIMARY KEY (id, month)
