-- What was given to be read: a page with what was known about it beforehand. Reading it again needs no more than this and the page.
create table documents (
  id text collate "C" primary key,
  page text collate "C",
  name text collate "C" not null,
  url text collate "C",
  media_type text,
  charset text,
  language text,
  published text,
  -- When the list it came from dates it; counts only where the page itself does not say.
  listed text,
  source text collate "C",
  article text collate "C",
  run text collate "C" not null,
  -- Why nothing was read out of it.
  refused text,
  added_at timestamptz not null
);
create index documents_article on documents (article) where article is not null;
create index documents_page on documents (page);
create index documents_run on documents (run, id);
