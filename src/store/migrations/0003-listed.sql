-- The day the list that named an address gave it, until its page is read.
alter table addresses add column listed text;
