-- What happened to events, in order: written where events are written, by one process at a time.
create table news (
  seq bigint primary key,
  at timestamptz not null,
  kind text not null check (kind in ('new', 'changed', 'gone')),
  event text collate "C" not null,
  day date not null
);

-- What people want to be told of, and where.
create table alerts (
  id text collate "C" primary key,
  search text collate "C" not null references searches (id) on delete cascade,
  tells text[] not null,
  by_party text collate "C",
  channel text not null check (channel in ('webhook', 'email')),
  target text not null,
  secret text,
  language text collate "C" not null,
  max_age integer,
  paused boolean not null default false,
  created_at timestamptz not null
);
create index alerts_search on alerts (search);

-- The outbox: written in the transaction that makes the event, sent afterwards until the other side has taken it.
create table deliveries (
  id text collate "C" primary key,
  alert text collate "C" not null references alerts (id) on delete cascade,
  tells text not null,
  event text collate "C" not null,
  type text collate "C" not null,
  status text collate "C" not null,
  day date not null,
  articles text[] not null,
  body json not null,
  created_at timestamptz not null,
  attempts integer not null default 0,
  next_due timestamptz,
  claimed_until timestamptz,
  delivered_at timestamptz,
  last_error text
);
create index deliveries_due on deliveries (next_due) where next_due is not null;
create index deliveries_alert on deliveries (alert, day);
