/** The schema as the database itself describes it, in one order, the same on both engines: the golden file of the migrations. */
import { sql } from 'kysely'
import type { Db } from '../../src/store/index.ts'

const TABLES = sql<{ line: string }>`
  select format(E'table %s%s\n', c.relname, case when c.relkind = 'p' then ' partition by ' || pg_get_partkeydef(c.oid) when c.relispartition then ' partition ' || pg_get_expr(c.relpartbound, c.oid) else '' end)
    || case when c.relispartition then '' else (select string_agg(format(E'  %s %s%s%s%s\n', a.attname, format_type(a.atttypid, a.atttypmod),
      case when a.attcollation <> 0 and a.attcollation <> (select typcollation from pg_type where oid = a.atttypid) then ' collate ' || (select collname from pg_collation where oid = a.attcollation) else '' end,
      case when a.attnotnull then ' not null' else '' end, coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')), '' order by a.attnum)
      from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) end as line
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by c.relname collate "C"`

const OTHERS = sql<{ line: string }>`
  select line from (
    select format(E'constraint %s on %s: %s\n', conname, conrelid::regclass, pg_get_constraintdef(oid)) as line from pg_constraint
      where connamespace = 'public'::regnamespace and contype in ('p', 'f', 'c', 'u') and not exists (select 1 from pg_class where oid = conrelid and relispartition)
    union all select format(E'%s\n', indexdef) from pg_indexes where schemaname = 'public' and not exists (select 1 from pg_class where oid = format('%I', tablename)::regclass and relispartition)
    union all select pg_get_functiondef(oid) || E'\n' from pg_proc where pronamespace = 'public'::regnamespace
    union all select pg_get_triggerdef(oid) || E'\n' from pg_trigger where not tgisinternal
  ) as all_lines order by line collate "C"`

export async function dumpSchema(db: Db): Promise<string> {
  const tables = (await TABLES.execute(db)).rows
  const others = (await OTHERS.execute(db)).rows
  return [...tables, ...others].map(({ line }) => line).join('')
}
