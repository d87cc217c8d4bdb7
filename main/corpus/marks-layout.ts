/**
 * What stands in `marks.db`: a mirror of what the reader says, and `list`, which joins it to the
 * papers of `corpus.db`. Nothing in it is the only copy of anything, so there are no steps from
 * one layout to the next: a file of another layout is made anew.
 *
 * `marks` holds the reader's records by id, `paper` being the key of the paper that the id is of,
 * or null while that is not here. `list` is one narrow row per paper with all that views filter
 * and sort by; marking a paper rewrites a few bytes and never touches its text. Keys of papers
 * are those of `corpus.db`, so page order is the order of keys here too. `counts` and
 * `tag_counts` are kept by triggers, so they are part of the same transaction as whatever changes
 * them.
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
  paper INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX marks_paper ON marks (paper);

CREATE TABLE list (
  paper INTEGER PRIMARY KEY,
  status INTEGER NOT NULL DEFAULT 0,
  starred INTEGER NOT NULL DEFAULT 0,
  noted INTEGER NOT NULL DEFAULT 0,
  changed_at INTEGER,
  tags_key TEXT,
  source INTEGER NOT NULL,
  has_abstract INTEGER NOT NULL
) STRICT;
CREATE INDEX list_status ON list (status);
CREATE INDEX list_starred ON list (starred) WHERE starred = 1;
CREATE INDEX list_noted ON list (noted) WHERE noted = 1;
CREATE INDEX list_changed ON list (changed_at) WHERE changed_at IS NOT NULL;
CREATE INDEX list_status_changed ON list (status, changed_at) WHERE changed_at IS NOT NULL;
CREATE INDEX list_tags ON list (tags_key) WHERE tags_key IS NOT NULL;
CREATE INDEX list_source ON list (source);

CREATE TABLE counts (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  unread INTEGER NOT NULL DEFAULT 0,
  queued INTEGER NOT NULL DEFAULT 0,
  reading INTEGER NOT NULL DEFAULT 0,
  read INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  starred INTEGER NOT NULL DEFAULT 0,
  noted INTEGER NOT NULL DEFAULT 0,
  everything INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO counts (one) VALUES (1);
CREATE TRIGGER counts_added AFTER INSERT ON list BEGIN
  UPDATE counts SET
    unread = unread + (new.status = 0), queued = queued + (new.status = 1), reading = reading + (new.status = 2),
    read = read + (new.status = 3), skipped = skipped + (new.status = 4),
    starred = starred + new.starred, noted = noted + new.noted, everything = everything + 1;
END;
CREATE TRIGGER counts_removed AFTER DELETE ON list BEGIN
  UPDATE counts SET
    unread = unread - (old.status = 0), queued = queued - (old.status = 1), reading = reading - (old.status = 2),
    read = read - (old.status = 3), skipped = skipped - (old.status = 4),
    starred = starred - old.starred, noted = noted - old.noted, everything = everything - 1;
END;
CREATE TRIGGER counts_changed AFTER UPDATE OF status, starred, noted ON list
WHEN old.status <> new.status OR old.starred <> new.starred OR old.noted <> new.noted BEGIN
  UPDATE counts SET
    unread = unread + (new.status = 0) - (old.status = 0), queued = queued + (new.status = 1) - (old.status = 1),
    reading = reading + (new.status = 2) - (old.status = 2), read = read + (new.status = 3) - (old.status = 3),
    skipped = skipped + (new.status = 4) - (old.status = 4),
    starred = starred + new.starred - old.starred, noted = noted + new.noted - old.noted;
END;

CREATE TABLE paper_tags (
  tag TEXT NOT NULL,
  paper INTEGER NOT NULL REFERENCES list ON DELETE CASCADE,
  PRIMARY KEY (tag, paper)
) STRICT, WITHOUT ROWID;
CREATE INDEX paper_tags_paper ON paper_tags (paper);
CREATE TABLE tag_counts (tag TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TRIGGER paper_tags_added AFTER INSERT ON paper_tags BEGIN
  INSERT INTO tag_counts (tag, n) VALUES (new.tag, 1) ON CONFLICT (tag) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER paper_tags_removed AFTER DELETE ON paper_tags BEGIN
  UPDATE tag_counts SET n = n - 1 WHERE tag = old.tag;
  DELETE FROM tag_counts WHERE tag = old.tag AND n = 0;
END;
`;

/** `PRAGMA user_version` of {@link marksLayout}: another number with every change of it. */
export const marksVersion = 1;
