import { tokenizer } from './migrations.ts';

/**
 * What stands in `marks.db`: a mirror of what the reader says, and `list`, which joins it to the
 * papers of `corpus.db`. Nothing in it is the only copy of anything, so there are no steps from
 * one layout to the next: a file of another layout is made anew.
 *
 * `marks` holds the reader's records by id, `paper` being the key of the paper that the id is of,
 * or null while that is not here. `list` is one narrow row per paper with all that views filter
 * and sort by; marking a paper rewrites a few bytes and never touches its text. Keys of papers
 * are those of `corpus.db`, so page order is the order of keys here too.
 *
 * `counts` and `tag_counts` are kept by triggers as papers come and go, so they are part of the
 * same transaction; what the reader changes in `list`, and tags that are added, are counted by
 * whoever writes them, many papers at a time. `tag_totals` has how many papers have a tag or one
 * nested in it, by the folded name, of every tag and of every one that it is nested in; see
 * `tag-families.ts`.
 *
 * `record_notes` has the text of each record's note. `notes` is the full-text index of what the
 * notes of a paper say together, by the key of the paper, cut into words just as the papers' own
 * index is; it keeps no copy of the text, so `indexed_notes` has a digest of it, by which a note
 * that stays as it is is left alone.
 *
 * `meta` has the `stamp` of the store's state that `marks` shows, and the `revision` of
 * `corpus.db` that `list` follows.
 */
export const marksLayout = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;

CREATE TABLE marks (
  id TEXT PRIMARY KEY,
  status INTEGER NOT NULL,
  starred INTEGER NOT NULL,
  noted INTEGER NOT NULL,
  changed_at INTEGER,
  tags TEXT NOT NULL,
  absorbs TEXT,
  paper INTEGER,
  read_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX marks_paper ON marks (paper);

CREATE TABLE record_notes (id TEXT PRIMARY KEY, note TEXT NOT NULL) STRICT;
CREATE TRIGGER record_notes_emptied AFTER UPDATE OF noted ON marks WHEN old.noted = 1 AND new.noted = 0 BEGIN
  DELETE FROM record_notes WHERE id = old.id;
END;
CREATE TRIGGER record_notes_removed AFTER DELETE ON marks WHEN old.noted = 1 BEGIN
  DELETE FROM record_notes WHERE id = old.id;
END;
CREATE VIRTUAL TABLE notes USING fts5 (
  note, content = '', contentless_delete = 1, tokenize = '${tokenizer}', prefix = '2 3'
);
CREATE TABLE indexed_notes (paper INTEGER PRIMARY KEY, digest TEXT NOT NULL) STRICT;

CREATE TABLE list (
  paper INTEGER PRIMARY KEY,
  status INTEGER NOT NULL DEFAULT 0,
  starred INTEGER NOT NULL DEFAULT 0,
  noted INTEGER NOT NULL DEFAULT 0,
  changed_at INTEGER,
  tags_key TEXT,
  source INTEGER NOT NULL,
  has_abstract INTEGER NOT NULL,
  has_code INTEGER NOT NULL,
  read_at INTEGER
) STRICT;
CREATE INDEX list_status ON list (status);
CREATE INDEX list_starred ON list (starred) WHERE starred = 1;
CREATE INDEX list_noted ON list (noted) WHERE noted = 1;
CREATE INDEX list_changed ON list (changed_at) WHERE changed_at IS NOT NULL;
CREATE INDEX list_status_changed ON list (status, changed_at) WHERE changed_at IS NOT NULL;
CREATE INDEX list_tags ON list (tags_key) WHERE tags_key IS NOT NULL;
CREATE INDEX list_source ON list (source);
CREATE INDEX list_read ON list (read_at) WHERE read_at IS NOT NULL;
CREATE INDEX list_code ON list (has_code) WHERE has_code = 1;
CREATE INDEX list_bare ON list (has_abstract) WHERE has_abstract = 0;
CREATE TRIGGER notes_removed AFTER DELETE ON list WHEN old.noted = 1 BEGIN
  DELETE FROM notes WHERE rowid = old.paper;
  DELETE FROM indexed_notes WHERE paper = old.paper;
END;

CREATE TABLE counts (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  unread INTEGER NOT NULL DEFAULT 0,
  queued INTEGER NOT NULL DEFAULT 0,
  reading INTEGER NOT NULL DEFAULT 0,
  read INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  starred INTEGER NOT NULL DEFAULT 0,
  noted INTEGER NOT NULL DEFAULT 0,
  tagged INTEGER NOT NULL DEFAULT 0,
  abstracts INTEGER NOT NULL DEFAULT 0,
  code INTEGER NOT NULL DEFAULT 0,
  everything INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO counts (one) VALUES (1);
CREATE TRIGGER counts_added AFTER INSERT ON list BEGIN
  UPDATE counts SET
    unread = unread + (new.status = 0), queued = queued + (new.status = 1), reading = reading + (new.status = 2),
    read = read + (new.status = 3), skipped = skipped + (new.status = 4),
    starred = starred + new.starred, noted = noted + new.noted,
    tagged = tagged + (new.tags_key IS NOT NULL), abstracts = abstracts + new.has_abstract,
    code = code + new.has_code, everything = everything + 1;
END;
CREATE TRIGGER counts_removed AFTER DELETE ON list BEGIN
  UPDATE counts SET
    unread = unread - (old.status = 0), queued = queued - (old.status = 1), reading = reading - (old.status = 2),
    read = read - (old.status = 3), skipped = skipped - (old.status = 4),
    starred = starred - old.starred, noted = noted - old.noted,
    tagged = tagged - (old.tags_key IS NOT NULL), abstracts = abstracts - old.has_abstract,
    code = code - old.has_code, everything = everything - 1;
END;
CREATE TRIGGER counts_changed AFTER UPDATE OF has_abstract, has_code ON list BEGIN
  UPDATE counts SET abstracts = abstracts + new.has_abstract - old.has_abstract, code = code + new.has_code - old.has_code;
END;

CREATE TABLE paper_tags (
  tag TEXT NOT NULL,
  paper INTEGER NOT NULL REFERENCES list ON DELETE CASCADE,
  PRIMARY KEY (tag, paper)
) STRICT, WITHOUT ROWID;
CREATE INDEX paper_tags_paper ON paper_tags (paper);
CREATE TABLE tag_counts (tag TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TRIGGER paper_tags_removed AFTER DELETE ON paper_tags BEGIN
  UPDATE tag_counts SET n = n - 1 WHERE tag = old.tag;
  DELETE FROM tag_counts WHERE tag = old.tag AND n = 0;
END;
CREATE TABLE tag_totals (tag TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

/** `PRAGMA user_version` of {@link marksLayout}: another number with every change of it, or of what its rows are made from. */
export const marksVersion = 5;
