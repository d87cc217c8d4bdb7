import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { OffprintError } from '../../shared/outcome.ts';
import { beginAgain, canBeMadeAnew } from './begin-again.ts';
import { tidyCaptures } from './captures.ts';
import { type CorpusTrouble, whatWasWrong } from './corpus-trouble.ts';
import { explainDatabaseError, explainSystemError, openDatabase } from './database.ts';
import { corpusPath, type FoundCorpus, findCorpus, isBusy, isUnusable } from './found-corpus.ts';
import { hasOurTables, migrations } from './migrations.ts';
import { type OpenMark, openMark, setOpenMark, type Unusable, unusableSchema } from './open-mark.ts';
import { type Rebuilding, readRebuilding } from './rebuilding.ts';
import { readSourceList, revisionOf, writeSourceList } from './source-list.ts';

/** Where the papers and the copy of the marks are read from. */
export interface CorpusPlaces {
  /** The data folder's `corpus.db`, for messages. */
  path: string;
  /** Where papers are read from, as a URL for SQLite. */
  corpus: string;
  /** The folder of `marks.db`. */
  marks: string;
  /** A folder that goes when the papers are closed; null where nothing had to be put elsewhere. */
  scratch: string | null;
}

/** The papers of a data folder, ready to be read. */
export interface PreparedCorpus {
  places: CorpusPlaces;
  /** A new database with nothing in it, and nothing to read into it. */
  created: boolean;
  trouble: CorpusTrouble | null;
  /** The program before ended without closing the papers: they are to be checked. */
  isUnclean: boolean;
}

const again = 'Your papers are being read again from the files they came from.';

/**
 * Sees to it that papers can be read from a data folder, in whatever state it is: makes the
 * database where there is none, begins it anew where it cannot be used, and leaves it alone and
 * reads what it can where it must not or cannot be written.
 * @param readOnly nothing in the folder may be touched
 * @param unusable why the database is not to be used, where that is known already
 * @throws OffprintError `unreadable` when the folder itself cannot be made or used
 */
export function prepareCorpus(folder: string, readOnly: boolean, unusable: Unusable | null): PreparedCorpus {
  const path = corpusPath(folder);
  if (readOnly) return prepareReadOnly(folder, null);
  try {
    const mark = openMark(folder);
    const why = unusable ?? unusableSchema.safeParse(mark).data ?? whyUnusable(folder);
    if (why !== null) return prepareAnew(folder, path, why);
    return prepareUsable(folder, path, mark);
  } catch (error) {
    try {
      if (isUnusable(error)) return prepareAnew(folder, path, 'damaged');
    } catch (refusal) {
      return prepareReadOnly(folder, refusal);
    }
    return prepareReadOnly(folder, error);
  }
}

/** Why the database must be made anew, as far as a look at the outside shows. @throws when it is to be left alone */
function whyUnusable(folder: string): Unusable | null {
  const found = findCorpus(folder);
  switch (found.kind) {
    case 'none':
    case 'empty':
      return canBeMadeAnew(folder) ? 'missing' : null;
    case 'damaged':
    case 'foreign':
      return found.kind;
    case 'unreadable':
      throw found.error;
    default:
      return null;
  }
}

function prepareUsable(folder: string, path: string, mark: OpenMark): PreparedCorpus {
  const { database, created } = openDatabase(folder);
  let rebuilding: Rebuilding | null;
  try {
    if (!hasOurTables(database)) throw new OffprintError('damaged', `The paper database ${path} lacks tables.`);
    rebuilding = readRebuilding(database);
    const list = readSourceList(folder);
    const revision = revisionOf(database);
    if (rebuilding === null && typeof list !== 'string' && list.revision > revision) {
      database.close();
      return prepareAnew(folder, path, revision === 0 ? 'missing' : 'behind');
    }
    markOpen(folder);
    // What a crash left may be large, and the writer is opened only when there is something to write.
    tidyCaptures(folder, database);
    const isListed = typeof list !== 'string' && list.revision === revision;
    if (rebuilding === null && revision > 0 && !isListed) listSources(folder, database);
  } finally {
    // From here on corpus.db is the writer's.
    if (database.isOpen) database.close();
  }
  const found = rebuilding && whatWasWrong(rebuilding.why, path, rebuilding.setAside);
  const trouble: CorpusTrouble | null =
    found === null ? null : { kind: 'resumed', isRebuilding: true, found, notice: `${found} ${again}` };
  return { places: placesIn(folder), created, trouble, isUnclean: mark === 'open' && !created };
}

function prepareAnew(folder: string, path: string, why: Unusable): PreparedCorpus {
  const setAside = beginAgain(folder, why);
  const { database } = openDatabase(folder);
  let isRebuilding: boolean;
  try {
    isRebuilding = readRebuilding(database) !== null;
    tidyCaptures(folder, database);
  } finally {
    database.close();
  }
  const so = isRebuilding ? again : 'A new one has been made; there were no files to read papers again from.';
  const found = whatWasWrong(why, path, setAside);
  return {
    places: placesIn(folder),
    created: !isRebuilding,
    trouble: { kind: 'rebuilt', why, setAside, isRebuilding, found, notice: `${found} ${so}` },
    isUnclean: false,
  };
}

/** Where papers are read from that are used as usual. */
export function placesIn(folder: string): CorpusPlaces {
  const path = corpusPath(folder);
  return { path, corpus: `${pathToFileURL(path).href}?mode=ro`, marks: folder, scratch: null };
}

/** Without the mark a crash is not found out; that is no reason not to open. A folder that nothing can be written in is. */
function markOpen(folder: string): void {
  try {
    setOpenMark(folder, 'open');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code !== 'ENOSPC' && code !== 'EDQUOT') throw error;
  }
}

/** For a library that has no list yet, and one that could not be written; tried again at the next opening. */
function listSources(folder: string, database: DatabaseSync): void {
  try {
    writeSourceList(folder, database, false);
  } catch {}
}

/** Opens what must not or cannot be written, without touching it. @param refusal what made it so; null when it was asked for */
export function prepareReadOnly(folder: string, refusal: unknown): PreparedCorpus {
  return prepareElsewhere(folder, (path, scratch) => readableCorpus(folder, path, scratch, refusal));
}

/** For papers that turned out not to be readable where nothing can be written: shows none. */
export function prepareUnreadable(folder: string, error: unknown): PreparedCorpus {
  return prepareElsewhere(folder, (path, scratch) =>
    withoutPapers(scratch, {
      ...{ kind: 'unreadable', isRebuilding: false },
      notice: `${isUnusable(error) ? whatWasWrong('damaged', path, null) : messageOf(error, path)} No papers are shown.`,
    }),
  );
}

type Readable = Pick<PreparedCorpus, 'trouble'> & { corpus: string };

function withoutPapers(scratch: string, trouble: CorpusTrouble | null): Readable {
  for (const ending of ['', '-wal', '-shm']) rmSync(corpusPath(scratch) + ending, { force: true });
  openDatabase(scratch).database.close();
  return { corpus: placesIn(scratch).corpus, trouble };
}

function prepareElsewhere(folder: string, find: (path: string, scratch: string) => Readable): PreparedCorpus {
  const path = corpusPath(folder);
  const scratch = mkdtempSync(join(tmpdir(), 'offprint-'));
  try {
    const { corpus, trouble } = find(path, scratch);
    copyMarks(folder, scratch);
    return { places: { path, corpus, marks: scratch, scratch }, created: false, trouble, isUnclean: false };
  } catch (error) {
    rmSync(scratch, { recursive: true, force: true });
    throw error;
  }
}

function readableCorpus(folder: string, path: string, scratch: string, refusal: unknown): Readable {
  let found: FoundCorpus;
  try {
    found = findCorpus(copyWithLog(path, scratch) ? scratch : folder);
  } catch (error) {
    found = { kind: 'unreadable', error };
  }
  const nothing = (trouble: CorpusTrouble | null) => withoutPapers(scratch, trouble);
  const unreadable = (notice: string) => nothing({ kind: 'unreadable', isRebuilding: false, notice });
  switch (found.kind) {
    case 'none':
    case 'empty':
      if (refusal === null) return nothing(null);
      return unreadable(messageOf(refusal, path));
    case 'damaged':
    case 'foreign': {
      const left = 'Nothing can be written beside it, so it was left as it is, and no papers are shown.';
      return unreadable(`${whatWasWrong(found.kind, path, null)} ${left}`);
    }
    case 'unreadable':
      return unreadable(messageOf(found.error, path));
    case 'newer': {
      const notice = `The paper database ${path} was written by a newer Offprint. It was left as it is;`;
      const corpus = withoutWriting(path, scratch);
      if (hasTablesOfOurs(corpus)) {
        const shown = `${notice} papers are shown, and none can come in or go until Offprint is updated.`;
        return { corpus, trouble: { kind: 'newer', shown: true, isRebuilding: false, notice: shown } as const };
      }
      return nothing({
        ...{ kind: 'newer', shown: false, isRebuilding: false },
        notice: `${notice} no papers are shown until Offprint is updated.`,
      });
    }
    case 'usable': {
      // What is being written by somebody cannot be read as if nobody did.
      if (isBusy(refusal)) return unreadable(messageOf(refusal, path));
      const notice = `The paper database ${path} cannot be written. Papers are shown, and none can come in or go.`;
      const trouble = refusal === null ? null : ({ kind: 'read-only', isRebuilding: false, notice } as const);
      try {
        return { corpus: withoutWriting(path, scratch, found.version < migrations.length), trouble };
      } catch (error) {
        const why = isUnusable(error) ? whatWasWrong('damaged', path, null) : messageOf(error, path);
        return unreadable(`${why} No papers are shown.`);
      }
    }
  }
}

function hasTablesOfOurs(corpus: string): boolean {
  try {
    const database = new DatabaseSync(new URL(corpus), { readOnly: true });
    try {
      return hasOurTables(database);
    } finally {
      database.close();
    }
  } catch {
    return false;
  }
}

/** A database with something in its log cannot be read without writing beside it: copies it then, which takes its time. */
function copyWithLog(path: string, scratch: string): boolean {
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
  if ((log?.size ?? 0) === 0 || !statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
  for (const ending of ['', '-wal']) copyFileSync(path + ending, corpusPath(scratch) + ending);
  return true;
}

/** Where a database can be read without writing anything beside it: its copy if there is one, else in its own place. */
function withoutWriting(path: string, scratch: string, isOld = false): string {
  const copy = corpusPath(scratch);
  const isCopied = statSync(copy, { throwIfNoEntry: false }) !== undefined;
  if (!isCopied && !isOld) return `${pathToFileURL(path).href}?immutable=1`;
  if (!isCopied) copyFileSync(path, copy);
  if (isOld) openDatabase(scratch).database.close();
  return placesIn(scratch).corpus;
}

/** A copy of the marks spares making one from nothing. Where there is none that can be read, one is made. */
function copyMarks(folder: string, scratch: string): void {
  for (const ending of ['', '-wal']) {
    try {
      copyFileSync(join(folder, `marks.db${ending}`), join(scratch, `marks.db${ending}`));
    } catch {}
  }
}

function messageOf(error: unknown, path: string): string {
  const explained = explainSystemError(explainDatabaseError(error, path), path, 'could not be opened');
  return explained instanceof Error ? explained.message : String(explained);
}
