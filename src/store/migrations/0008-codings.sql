-- What other coders say: the lines of their files (GDELT, POLECAT, ICEWS and others), kept apart from what was read here and never joined with it.
create table codings (
  -- The order they came in, which is that of their files.
  seq bigint primary key,
  -- Of the coder and all the line says: a line that is kept is not kept again.
  id text collate "C" not null unique,
  coder text collate "C" not null,
  type text collate "C",
  status text not null,
  first_day date,
  last_day date,
  -- States and bodies above states that take part.
  countries text[] not null,
  -- JSON, as text: it gives back every character, also those that PostgreSQL's own JSON refuses.
  body text not null
);
create index codings_coder on codings (coder, seq);
create index codings_countries on codings using gin (countries);

-- Files that were taken in whole, by their bytes: the same again changes nothing.
create table coded_files (
  id text collate "C" primary key,
  -- The name that was given to the coder; null where the lines name theirs.
  coder text collate "C",
  name text not null,
  format text not null,
  sha256 text not null,
  lines integer not null,
  bad integer not null,
  -- What read it: the tables from CAMEO to PLOVER change.
  code text not null,
  knowledge text not null,
  at timestamptz not null
);
