import { renameSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { capturesFolder, namesIn, partsOfCaptureName } from './captures.ts';
import { openDatabase, transaction } from './database.ts';
import { datedPath, removeQuietly, syncFolder } from './durable-files.ts';
import { corpusPath } from './found-corpus.ts';
import { setOpenMark, type Unusable } from './open-mark.ts';
import { type Rebuilding, readRebuilding, writeRebuilding } from './rebuilding.ts';
import { sortKey } from './sort-keys.ts';
import { keptFileOf, listOf, putSourceList, readSourceList, type SourceList } from './source-list.ts';

const endings = ['', '-wal', '-shm'];

/** What each kind of unusable file is called when it is set aside. */
const words: Record<Unusable, string> = {
  missing: 'left-over',
  damaged: 'damaged',
  foreign: 'not-ours',
  behind: 'incomplete',
};

/** What a new database shall hold, and where that is known from. */
interface Plan {
  list: SourceList;
  from: Rebuilding['from'];
  changesKnown: boolean;
  /** Files of `captures/` of which nothing else is known. */
  captures: string[];
}

/** Whether there is anything that a database could be made anew from. */
export function canBeMadeAnew(folder: string): boolean {
  const list = readSourceList(folder);
  return (typeof list !== 'string' && list.sources.length > 0) || capturesIn(folder).length > 0;
}

/** Files of `captures/` that hold what was imported, the first imported first. */
function capturesIn(folder: string): string[] {
  const captures = namesIn(capturesFolder(folder)).filter((file) => partsOfCaptureName(file) !== null);
  const times = new Map(captures.map((file) => [file, timeOfCapture(folder, file)]));
  return captures.sort((a, b) => (times.get(a) ?? 0) - (times.get(b) ?? 0) || (a < b ? -1 : 1));
}

/** When a file of `captures/` was written, which is when it was imported; in milliseconds since 1970. */
export function timeOfCapture(folder: string, file: string): number {
  const stats = statSync(`${capturesFolder(folder)}/${file}`, { throwIfNoEntry: false });
  return Math.floor(stats?.mtimeMs ?? Date.now());
}

/**
 * Sets `corpus.db` aside, whatever is left of it, and makes a new one that knows what it shall hold:
 * its sources, and which of them are still to be read again (see `rebuilding.ts`). A crash at any
 * moment leaves a folder in which this is done again.
 * @returns the path that the old file has now, or null
 * @throws what the system throws when it refuses
 */
export function beginAgain(folder: string, why: Unusable, now = new Date()): string | null {
  const plan = planFor(folder, why);
  setOpenMark(folder, why);
  const setAside = setCorpusAside(folder, words[why], now);
  setOpenMark(folder, 'open');
  const { database } = openDatabase(folder);
  try {
    transaction(database, () => fill(database, plan, why, setAside));
  } finally {
    database.close();
  }
  return setAside;
}

function planFor(folder: string, why: Unusable): Plan {
  const written = readSourceList(folder);
  const isUseful = typeof written !== 'string' && (written.revision > 0 || written.sources.length > 0);
  const saved = why === 'foreign' ? null : salvage(folder);
  // The list is written right after each change; only where that failed does a whole database know more.
  if (isUseful && (saved === null || saved.isUnfinished || saved.list.revision <= written.revision)) {
    return { list: written, from: 'list', changesKnown: true, captures: [] };
  }
  if (saved !== null && (saved.list.sources.length > 0 || (saved.changesKnown && saved.list.revision > 0))) {
    const { isUnfinished: _, ...plan } = saved;
    // Should this be cut off, the database that it was read from is not in its place any more.
    putSourceList(folder, plan.list);
    return plan;
  }
  const list: SourceList = {
    ...{ revision: 0, lowestKey: 0, lastSource: 0, lastChange: unseenNumber() },
    ...{ sources: [], same: [], different: [], changes: [], kept: null },
  };
  return { list, from: 'captures', changesKnown: false, captures: capturesIn(folder) };
}

/**
 * A number that has not been given out before to a change or a revision of the papers, which are
 * counted from one: steps of the reader's history and the copy of the marks may still name those.
 */
function unseenNumber(): number {
  return Math.floor(Date.now() / 1000);
}

/** Reads out of a database what can still be read of it; null where that is not even the sources. */
function salvage(folder: string): (Plan & { isUnfinished: boolean }) | null {
  try {
    const database = new DatabaseSync(corpusPath(folder), { readOnly: true, timeout: 5000 });
    try {
      const unfinished = orNull(() => readRebuilding(database));
      // What its sources are is known only from the files that have not been read yet.
      if (unfinished?.from === 'captures') return null;
      const kept = unfinished?.kept ?? orNull(() => keptFileOf(folder, database));
      const whole = orNull(() => listOf(database, kept, true));
      const list = whole ?? { ...listOf(database, kept, false), lastChange: unseenNumber() };
      const isUnfinished = unfinished !== null;
      return { list, from: 'database', changesKnown: whole !== null, captures: [], isUnfinished };
    } finally {
      database.close();
    }
  } catch {
    return null;
  }
}

function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

/** Gives what stands in the place of the database, and its logs, a name that says when. */
function setCorpusAside(folder: string, word: string, now: Date): string | null {
  const path = corpusPath(folder);
  // What SQLite keeps to find its way in the log is no use without whoever had it open, and an empty log none at all.
  removeQuietly(`${path}-shm`);
  if (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size === 0) removeQuietly(`${path}-wal`);
  const there = endings.filter((ending) => statSync(path + ending, { throwIfNoEntry: false }) !== undefined);
  if (there.length === 0) return null;
  const aside = datedPath(path, word, now);
  for (const ending of there) renameSync(path + ending, aside + ending);
  syncFolder(folder);
  return there.includes('') ? aside : null;
}

function fill(database: DatabaseSync, { list, ...plan }: Plan, why: Unusable, setAside: string | null): void {
  const run = (sql: string, ...values: (string | number | null)[]) => database.prepare(sql).run(...values);
  run("INSERT OR REPLACE INTO meta VALUES ('revision', ?)", Math.max(list.revision + 1, unseenNumber()));
  if (list.lowestKey > 0) run("INSERT OR REPLACE INTO meta VALUES ('lowest_key', ?)", list.lowestKey);
  for (const { id, name, format, formatLabel, importedAt, digest, capture, firstKey } of list.sources) {
    run(
      `INSERT INTO sources (id, name, name_key, format, format_label, imported_at, digest, capture, first_key)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[id, name, sortKey(name), format, formatLabel, importedAt, digest, capture, firstKey],
    );
  }
  for (const [a, b] of list.same) run('INSERT OR IGNORE INTO same VALUES (?, ?)', a, b);
  for (const [a, b] of list.different) run('INSERT OR IGNORE INTO different VALUES (?, ?)', a, b);
  for (const { id, at, kind, label, detail, undone } of list.changes) {
    const values = [id, at, kind, label, JSON.stringify(detail), Number(undone)];
    run('INSERT INTO changes (id, at, kind, label, detail, undone) VALUES (?, ?, ?, ?, ?, ?)', ...values);
  }
  for (const [table, last] of [
    ['sources', list.lastSource],
    ['changes', list.lastChange],
  ] as const) {
    run('DELETE FROM sqlite_sequence WHERE name = ?', table);
    run('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)', table, last);
  }
  if (list.sources.length + plan.captures.length === 0 && list.kept === null) return;
  const sources = list.sources.map(({ id }) => id);
  writeRebuilding(database, { ...{ why, setAside, sources, position: 0, kept: list.kept, lost: [] }, ...plan });
}
