-- Who may use the record over the network, and what was done.

create table users (
  name text collate "C" primary key check (length(name) between 1 and 100),
  role text not null check (role in ('reader', 'reviewer', 'admin')),
  -- scrypt with its settings and salt; never the password.
  password text not null,
  created_at timestamptz not null,
  disabled_at timestamptz,
  -- Wrong passwords since the last right one.
  failures integer not null default 0,
  locked_until timestamptz
);

-- The id is the SHA-256 of what the browser holds: who reads this table cannot log in with it.
create table sessions (
  id text collate "C" primary key,
  name text collate "C" not null references users (name) on delete cascade,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index sessions_name on sessions (name);
create index sessions_expires on sessions (expires_at);

create table api_keys (
  id text collate "C" primary key,
  label text not null,
  secret text not null,
  scopes text[] not null,
  made_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  used_at timestamptz,
  revoked_at timestamptz
);

-- What was changed, by whom and how. Appended only.
create table audit (
  id text collate "C" primary key,
  at timestamptz not null,
  who text not null,
  via text not null check (via in ('login', 'key', 'here', 'command')),
  act text not null,
  subject text,
  detail json
);
create index audit_at on audit (at, id);

create function audit_is_kept() returns trigger language plpgsql as $$
begin
  raise exception 'the log of changes is only added to' using errcode = '23R01';
end $$;
create trigger audit_is_kept before update or delete on audit for each row execute function audit_is_kept();
