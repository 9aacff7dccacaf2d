-- Why rules decided as they did, as codes with what they are about; the sentence is written when it is read. What stood here before keeps its
-- sentence in `why` until its reports are joined again (a rebuild joins all of them).
alter table judgements add column reasons json;
