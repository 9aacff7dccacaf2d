-- What a relationship's page counts, and when a plan can be met, beside the keys; what is filtered by stands in the index itself.
alter table event_keys add column mode text, add column plan_from date, add column plan_to date;
alter table event_keys drop constraint event_keys_pkey;
alter table event_keys add primary key (key, day, event) include (type, mode, status, historical, confidence);
create index event_keys_plans on event_keys (key, plan_to) where plan_to is not null;

-- Articles that name somebody, newest month first.
drop index mentions_key;
create index mentions_key on mentions (key, month, article);

-- How many events a key has, by month and kind. Kept by the database with every row of event_keys that comes or goes.
create table event_sums (
  key text collate "C" not null,
  month date not null,
  type text not null,
  mode text not null,
  status text not null,
  events integer not null,
  primary key (key, month, type, mode, status)
);

-- The same of a pair of countries in one row: number of events by type and status, first and last day.
create table pair_sums (
  key text collate "C" primary key,
  events integer not null,
  counts jsonb not null,
  first_day date,
  last_day date
);
create index pair_sums_events on pair_sums (events desc, key);

create function add_counts(a jsonb, b jsonb) returns jsonb language sql immutable as $$
  select coalesce(jsonb_object_agg(name, n order by name), '{}') from (
    select name, sum(value::integer) as n from (select * from jsonb_each_text(a) as x(name, value) union all select * from jsonb_each_text(b) as y(name, value)) as both_counts group by name having sum(value::integer) <> 0
  ) as counts
$$;

-- All rows change in one order, so that two writers never wait for each other in a circle.
create function sum_event_keys() returns trigger language plpgsql as $$
declare
  sign integer := case tg_op when 'INSERT' then 1 else -1 end;
begin
  insert into event_sums as s (key, month, type, mode, status, events)
    select key, date_trunc('month', day)::date, type, coalesce(mode, ''), status, sign * count(*) from changed group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
    on conflict (key, month, type, mode, status) do update set events = s.events + excluded.events;
  insert into pair_sums as p (key, events, counts, first_day, last_day)
    select key, sum(n), jsonb_object_agg(type || ' ' || status, n), min(first_day), max(last_day) from (
      select key, type, status, sign * count(*)::integer as n, min(day) filter (where day > '0001-01-01') as first_day, max(day) filter (where day > '0001-01-01') as last_day from changed where key like '%|%' group by key, type, status
    ) as kinds group by key order by key
    on conflict (key) do update set events = p.events + excluded.events, counts = add_counts(p.counts, excluded.counts),
      first_day = case when sign > 0 then least(p.first_day, excluded.first_day) else p.first_day end, last_day = case when sign > 0 then greatest(p.last_day, excluded.last_day) else p.last_day end;
  if sign < 0 then
    delete from event_sums s using (select distinct key, date_trunc('month', day)::date as month from changed) as c where s.key = c.key and s.month = c.month and s.events = 0;
    delete from pair_sums p using (select distinct key from changed where key like '%|%') as c where p.key = c.key and p.events = 0;
    update pair_sums p set first_day = (select min(day) from event_keys k where k.key = p.key and k.day > '0001-01-01'), last_day = (select max(day) from event_keys k where k.key = p.key and k.day > '0001-01-01')
      from (select key, min(day) as first_day, max(day) as last_day from changed where key like '%|%' group by key) as c where p.key = c.key and (c.first_day <= p.first_day or c.last_day >= p.last_day);
  end if;
  return null;
end $$;
create trigger event_keys_come after insert on event_keys referencing new table as changed for each statement execute function sum_event_keys();
create trigger event_keys_go after delete on event_keys referencing old table as changed for each statement execute function sum_event_keys();

-- What rows written before this have not: also called when a backup made before this is restored.
-- Their plans are held to be open for ever: too many are looked at, none is missed.
create function derive_event_keys() returns void language sql as $$
  update event_keys k set mode = e.mode, plan_from = case when p.plan then date '0001-01-01' end, plan_to = case when p.plan then date '9999-12-31' end
    from events e cross join lateral (select e.type in ('CONSULT', 'AGREE') and (e.status = 'future' or e.body->>'cameo' = '036') as plan) as p where e.id = k.event;
  delete from event_sums;
  delete from pair_sums;
  insert into event_sums select key, date_trunc('month', day)::date, type, coalesce(mode, ''), status, count(*) from event_keys group by 1, 2, 3, 4, 5;
  insert into pair_sums select key, sum(n), jsonb_object_agg(type || ' ' || status, n), min(first_day), max(last_day) from (
    select key, type, status, count(*)::integer as n, min(day) filter (where day > '0001-01-01') as first_day, max(day) filter (where day > '0001-01-01') as last_day from event_keys where key like '%|%' group by key, type, status
  ) as kinds group by key;
$$;
select derive_event_keys();
