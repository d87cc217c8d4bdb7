import { DatabaseSync } from 'node:sqlite';

/**
 * How text is cut into searchable words: case, accents and English endings do not matter. The
 * in-memory table that marks matches uses the same, so that what is marked is what matched.
 */
export const tokenizer = 'porter unicode61 remove_diacritics 2';

/** Keys of papers are given out downwards from here. */
export const highestKey = 2 ** 45;

const createSearch = `CREATE VIRTUAL TABLE search USING fts5 (
  title, authors, abstract,
  content = '', contentless_delete = 1, tokenize = '${tokenizer}', prefix = '2 3'
);`;

/**
 * `papers.key` is the page order itself: keys are given out downwards, a block for each import,
 * and upwards inside a block. So the newest import comes first, every index ends in page order,
 * and the full-text index, which stores by key, answers in page order too.
 *
 * `list` is one narrow row per paper with all that views filter and sort by; marking a paper
 * rewrites a few bytes and never touches its text. Texts stand once, in `papers` and `abstracts`;
 * `search` keeps no copy. `counts`, `tag_counts` and `sources.count` are kept by triggers, so
 * they are part of the same transaction as whatever changes them.
 *
 * `orphan_marks` holds what the reader said of papers that are not here (yet).
 */
const first = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;

CREATE TABLE papers (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  authors TEXT NOT NULL,
  published TEXT,
  added_at INTEGER NOT NULL,
  arxiv_id TEXT,
  doi TEXT,
  links TEXT NOT NULL,
  title_key TEXT NOT NULL,
  authors_key TEXT
) STRICT;
CREATE INDEX papers_title ON papers (title_key);
CREATE INDEX papers_authors ON papers (authors_key);
CREATE INDEX papers_published ON papers (published);
CREATE INDEX papers_added ON papers (added_at);

CREATE TABLE abstracts (
  paper INTEGER PRIMARY KEY REFERENCES papers ON DELETE CASCADE,
  text TEXT NOT NULL
) STRICT;

CREATE TABLE identifiers (
  id TEXT PRIMARY KEY,
  paper INTEGER NOT NULL REFERENCES papers ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX identifiers_paper ON identifiers (paper);

CREATE TABLE sources (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  format TEXT NOT NULL,
  imported_at INTEGER NOT NULL,
  digest TEXT,
  capture TEXT,
  count INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX sources_digest ON sources (digest);

CREATE TABLE appearances (
  source INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE,
  paper INTEGER NOT NULL REFERENCES papers ON DELETE CASCADE,
  position INTEGER NOT NULL,
  place TEXT NOT NULL,
  PRIMARY KEY (source, paper)
) STRICT, WITHOUT ROWID;
CREATE INDEX appearances_paper ON appearances (paper, source);
CREATE TRIGGER appearances_added AFTER INSERT ON appearances BEGIN
  UPDATE sources SET count = count + 1 WHERE id = new.source;
END;
CREATE TRIGGER appearances_removed AFTER DELETE ON appearances BEGIN
  UPDATE sources SET count = count - 1 WHERE id = old.source;
END;

CREATE TABLE list (
  paper INTEGER PRIMARY KEY REFERENCES papers ON DELETE CASCADE,
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

CREATE TABLE orphan_marks (
  id TEXT PRIMARY KEY,
  status INTEGER NOT NULL,
  starred INTEGER NOT NULL,
  noted INTEGER NOT NULL,
  changed_at INTEGER,
  tags TEXT NOT NULL
) STRICT, WITHOUT ROWID;

${createSearch}
`;

/**
 * What the reader says moves out into `marks.db`, so that an import, whose transaction may last
 * for minutes, never keeps a mark waiting. Papers become what their records say together: a
 * record of a source is kept beside the paper (`records`) as soon as the two differ, so that
 * taking a source away leaves exactly what the others say.
 *
 * `appearances.record` is null where the record says just what the paper shows. A second record
 * of the same paper in the same source stands in `repeats`. A record's own place in the page order
 * is `sources.first_key + position`; a paper stands at the place of its earliest record. Source 0
 * holds what was kept of removed sources because the reader had touched it.
 *
 * Papers that are here already move to such places, and the full-text index, which stores by key,
 * is written anew.
 *
 * `sources.format_label` is what a reader calls the format. It stands here because whoever only
 * reads papers is spared the importers, which take long to load.
 *
 * `identifiers` holds every key that a paper can be found by; several papers may share a title.
 * `same` mirrors what the reader has merged by hand, `different` what they have told apart.
 *
 * The last seven tables are for finding papers that may be the same (`duplicates-finder.ts`). Papers whose
 * titles may be nearly the same share a block in `title_blocks`; `alike` holds the pairs found in
 * each block, `duplicate_groups` and `duplicates` the groups that they make. Changed papers wait
 * in `papers_due` as ranges `[first, past)` of keys, then their blocks in `blocks_due`. None of them
 * refers to `papers`: a paper that is gone is tidied away when its turn comes.
 */
const second = `
DROP TABLE paper_tags;
DROP TABLE tag_counts;
DROP TABLE list;
DROP TABLE counts;
DROP TABLE orphan_marks;
DROP TRIGGER appearances_added;
DROP TRIGGER appearances_removed;
DELETE FROM meta WHERE name = 'marks_stamp';

ALTER TABLE papers ADD COLUMN venue TEXT;
ALTER TABLE papers ADD COLUMN votes INTEGER;
ALTER TABLE papers ADD COLUMN details TEXT NOT NULL DEFAULT '{}';

ALTER TABLE sources ADD COLUMN first_key INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN format_label TEXT NOT NULL DEFAULT 'a Daily Papers page saved as text';

UPDATE papers SET links = (
  SELECT json_group_array(json_object('kind', 'other', 'label', value ->> 'label', 'url', value ->> 'url'))
  FROM json_each(papers.links)
) WHERE links <> '[]';

PRAGMA defer_foreign_keys = ON;
UPDATE sources SET first_key = ${highestKey} - (
  SELECT sum(1 + coalesce((SELECT max(position) FROM appearances WHERE source = s.id), 0))
  FROM sources s WHERE s.id <= sources.id
);
INSERT OR REPLACE INTO meta SELECT 'lowest_key', min(first_key) FROM sources HAVING count(*) > 0;
CREATE TEMP TABLE moved (old INTEGER PRIMARY KEY, now INTEGER NOT NULL);
INSERT INTO temp.moved SELECT a.paper, s.first_key + a.position FROM sources s JOIN appearances a ON a.source = s.id
  WHERE a.source = (SELECT min(b.source) FROM appearances b WHERE b.paper = a.paper);
UPDATE papers SET key = (SELECT now FROM temp.moved WHERE old = papers.key);
UPDATE abstracts SET paper = (SELECT now FROM temp.moved WHERE old = paper);
UPDATE identifiers SET paper = (SELECT now FROM temp.moved WHERE old = paper);
UPDATE appearances SET paper = (SELECT now FROM temp.moved WHERE old = paper);
DROP TABLE temp.moved;
DROP TABLE search;
${createSearch}
INSERT INTO search (rowid, title, authors, abstract)
  SELECT p.key, p.title, p.authors, coalesce(a.text, '') FROM papers p LEFT JOIN abstracts a ON a.paper = p.key
  ORDER BY p.key;

CREATE TABLE records (
  id INTEGER PRIMARY KEY,
  body TEXT NOT NULL
) STRICT;
ALTER TABLE appearances ADD COLUMN record INTEGER REFERENCES records;
CREATE TABLE repeats (
  source INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE,
  position INTEGER NOT NULL,
  paper INTEGER NOT NULL REFERENCES papers ON DELETE CASCADE,
  place TEXT NOT NULL,
  record INTEGER REFERENCES records,
  PRIMARY KEY (source, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX repeats_paper ON repeats (paper);

CREATE TABLE keys (
  id TEXT NOT NULL,
  paper INTEGER NOT NULL REFERENCES papers ON DELETE CASCADE,
  PRIMARY KEY (id, paper)
) STRICT, WITHOUT ROWID;
INSERT INTO keys SELECT id, paper FROM identifiers;
DROP TABLE identifiers;
ALTER TABLE keys RENAME TO identifiers;
CREATE INDEX identifiers_paper ON identifiers (paper);

CREATE TABLE same (a TEXT NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID;
CREATE TABLE different (a TEXT NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID;

CREATE TABLE changes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  detail TEXT NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE title_blocks (
  paper INTEGER NOT NULL,
  block INTEGER NOT NULL,
  PRIMARY KEY (paper, block)
) STRICT, WITHOUT ROWID;
CREATE INDEX title_blocks_block ON title_blocks (block);
CREATE TABLE alike (
  block INTEGER NOT NULL,
  a INTEGER NOT NULL,
  b INTEGER NOT NULL,
  reason TEXT NOT NULL,
  score REAL NOT NULL,
  PRIMARY KEY (block, a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX alike_a ON alike (a);
CREATE INDEX alike_b ON alike (b);
CREATE TABLE duplicate_groups (
  id INTEGER PRIMARY KEY,
  reason TEXT NOT NULL,
  score REAL NOT NULL
) STRICT;
CREATE INDEX duplicate_groups_score ON duplicate_groups (score DESC, id);
INSERT INTO meta VALUES ('duplicates', 0);
CREATE TRIGGER duplicate_groups_added AFTER INSERT ON duplicate_groups BEGIN
  UPDATE meta SET value = value + 1 WHERE name = 'duplicates';
END;
CREATE TRIGGER duplicate_groups_removed AFTER DELETE ON duplicate_groups BEGIN
  UPDATE meta SET value = value - 1 WHERE name = 'duplicates';
END;
CREATE TABLE duplicates (paper INTEGER PRIMARY KEY, group_id INTEGER NOT NULL) STRICT;
CREATE INDEX duplicates_group ON duplicates (group_id);
CREATE TABLE papers_due (first INTEGER PRIMARY KEY, past INTEGER NOT NULL) STRICT;
CREATE TABLE blocks_due (block INTEGER PRIMARY KEY) STRICT;
INSERT INTO papers_due SELECT min(key), max(key) + 1 FROM papers HAVING count(*) > 0;
`;

/**
 * Votes and venue can be searched and sorted by. Papers that have neither are in the indices too:
 * they are what comes last in that order, and by far the most.
 */
const third = `
CREATE INDEX papers_votes ON papers (votes);
CREATE INDEX papers_venue ON papers (venue COLLATE NOCASE);
`;

/**
 * The steps from an empty file to today's layout, in order. `PRAGMA user_version` is the number
 * of steps taken. A step that has been released is never edited: a change is a new step.
 */
export const migrations: readonly string[] = [first, second, third];

/** Does a database have every table and column of today's layout, whatever else it has? */
export function hasOurTables(database: DatabaseSync): boolean {
  const columns = `
    SELECT t.name || '.' || c.name AS name FROM sqlite_schema t, pragma_table_info(t.name) c
      WHERE t.type = 'table' AND t.name NOT LIKE 'search%'
    UNION ALL SELECT sql FROM sqlite_schema WHERE name = 'search'`;
  const known = new Set(
    database
      .prepare(columns)
      .all()
      .map(({ name }) => name),
  );
  const ours = new DatabaseSync(':memory:');
  try {
    for (const migration of migrations) ours.exec(migration);
    return ours
      .prepare(columns)
      .all()
      .every(({ name }) => known.has(name));
  } finally {
    ours.close();
  }
}
