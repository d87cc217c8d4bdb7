import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { canBeMadeAnew } from './begin-again.ts';
import { capturesFolder, namesIn, partsOfCaptureName } from './captures.ts';
import type { CheckQuestion } from './check-worker.ts';
import { corpusPath, findCorpus, isCorruption, isUnusable, openImmutable, openToRead } from './found-corpus.ts';
import { hasOurTables } from './migrations.ts';
import { openMark } from './open-mark.ts';
import { readRebuilding } from './rebuilding.ts';
import { readSourceList, revisionOf } from './source-list.ts';

/** A file of `captures/` that is not what it was, or is not there. */
export interface DamagedCapture {
  /** Its name in `captures/`, and what the source is called that came of it. */
  file: string;
  name: string;
  reason: 'missing' | 'damaged' | 'unreadable';
}

/** What {@link checkCorpus} found. */
export interface CorpusFindings {
  /** The database that was looked for. */
  path: string;
  /**
   * - `sound`: nothing is wrong with the database
   * - `none`: there is none, and nothing that it could be made from
   * - `missing`: it is gone or empty, and can be made anew
   * - `damaged`, `foreign`: it cannot be used, or is another program's
   * - `behind`: it lacks changes that were committed, as when its log has been lost
   * - `unfinished`: it is being made anew, and that was cut off
   * - `newer`: a newer Offprint wrote it
   * - `unreadable`: the system refuses
   */
  state: 'sound' | 'none' | 'missing' | 'damaged' | 'foreign' | 'behind' | 'unfinished' | 'newer' | 'unreadable';
  /** What SQLite or the system says is wrong, at most a few lines. */
  details: string[];
  /** Papers and sources in it; null where they cannot be counted. */
  papers: number | null;
  sources: number | null;
  /** It was not closed as it should be when it was last used, or is in use. */
  isUnclean: boolean;
  /** The list of sources beside the captures, from which the database can be made anew as it was. */
  list: 'sound' | 'missing' | 'damaged' | 'behind';
  /** Only where captures were checked. */
  captures: DamagedCapture[];
}

/** Most things that SQLite is asked to say. */
const mostDetails = 5;

/** What is read in a check besides the database. */
interface CheckOptions {
  /** The files that papers came from are read, too, and compared with their digests. */
  captures?: boolean;
}

/**
 * Checks `corpus.db` from end to end, its full-text index included, and changes nothing. In a thread
 * of its own; reads the whole file. May be done while the papers are in use.
 */
export async function checkCorpus(folder: string, options: CheckOptions = {}): Promise<CorpusFindings> {
  const findings = await startCheck(folder, options).findings;
  if (!findings) throw new Error('the check was stopped');
  return findings;
}

/** A check that goes on. */
export interface RunningCheck {
  /** What it found; null when it was stopped before its end. */
  findings: Promise<CorpusFindings | null>;
  /** Has it end as soon as the table at hand has been read. */
  stop(): void;
}

/** As {@link checkCorpus}, for whoever may not want to wait for its end. */
export function startCheck(folder: string, { captures = false }: CheckOptions = {}): RunningCheck {
  const entry = import.meta.url.endsWith('.ts') ? './check-worker.ts' : './check-worker.js';
  const workerData: CheckQuestion = { folder, captures };
  const worker = new Worker(new URL(entry, import.meta.url), { name: 'check', workerData });
  const { promise, resolve, reject } = Promise.withResolvers<CorpusFindings | null>();
  let found: CorpusFindings | null = null;
  worker.once('message', (findings: CorpusFindings | null) => {
    found = findings;
  });
  worker.once('error', reject);
  // Not before: a thread that is still inside SQLite must not outlive whoever waits for it.
  worker.once('exit', () => resolve(found));
  return { findings: promise, stop: () => worker.postMessage('stop') };
}

/**
 * As {@link checkCorpus}, on the thread that calls it, which it keeps busy but for short rests.
 * @param isStopped asked now and then; the answer is null then
 */
export async function checkOnThisThread(
  folder: string,
  captures: boolean,
  isStopped: () => boolean = () => false,
): Promise<CorpusFindings | null> {
  const path = corpusPath(folder);
  const list = readSourceList(folder);
  const unknown = { path, details: [], papers: null, sources: null, isUnclean: openMark(folder) !== 'closed' };
  const findings: CorpusFindings = {
    ...unknown,
    state: 'none',
    list: typeof list === 'string' ? list : 'sound',
    captures: captures ? await damagedCaptures(folder) : [],
  };
  const found = findCorpus(folder);
  switch (found.kind) {
    case 'none':
    case 'empty':
      return { ...findings, state: canBeMadeAnew(folder) ? 'missing' : 'none' };
    case 'usable': {
      const inside = await checkDatabase(path, typeof list === 'string' ? null : list.revision, isStopped);
      return inside && { ...findings, ...inside };
    }
    case 'unreadable':
      return { ...findings, state: 'unreadable', details: [messageOf(found.error)] };
    default:
      return { ...findings, state: found.kind };
  }
}

type Inside = Pick<CorpusFindings, 'state' | 'details' | 'papers' | 'sources'> & Partial<CorpusFindings>;

async function checkDatabase(path: string, listed: number | null, isStopped: () => boolean): Promise<Inside | null> {
  try {
    const database = openToCheck(path);
    try {
      const details = await damageIn(database, isStopped);
      if (details === null) return null;
      if (details.length > 0) return { state: 'damaged', details, papers: null, sources: null };
      const count = (table: string) => Number(database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']);
      const counts = { details, papers: count('papers'), sources: count('sources') };
      if (readRebuilding(database) !== null) return { ...counts, state: 'unfinished' };
      const revision = revisionOf(database);
      if (listed === null || listed === revision) return { ...counts, state: 'sound' };
      return listed > revision ? { ...counts, state: 'behind' } : { ...counts, state: 'sound', list: 'behind' };
    } finally {
      database.close();
    }
  } catch (error) {
    return {
      state: isUnusable(error) ? 'damaged' : 'unreadable',
      details: [messageOf(error)],
      papers: null,
      sources: null,
    };
  }
}

/**
 * What SQLite finds wrong, table by table: each is a look at the database of its own, so that the
 * log can be tidied in between, and it can be stopped. The index of a full-text table is looked at with it.
 */
async function damageIn(database: DatabaseSync, isStopped: () => boolean): Promise<string[] | null> {
  if (!hasOurTables(database)) return ['tables are missing'];
  const tables = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .all()
    .map(({ name }) => String(name));
  for (const table of tables) {
    await new Promise((resolve) => setImmediate(resolve));
    if (isStopped()) return null;
    const rows = database.prepare(`PRAGMA integrity_check('${table}')`).all();
    const details = rows.map((row) => String(row['integrity_check'])).filter((text) => text !== 'ok');
    if (details.length > 0) return details.slice(0, mostDetails);
  }
  return [];
}

function openToCheck(path: string): DatabaseSync {
  const database = openToRead(path);
  try {
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    return database;
  } catch (error) {
    database.close();
    if (isCorruption(error)) throw error;
    return openImmutable(path);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Compares the files of `captures/` with the digests in their names, and says which sources lack theirs. */
async function damagedCaptures(folder: string): Promise<DamagedCapture[]> {
  const list = readSourceList(folder);
  const sources = typeof list === 'string' ? [] : list.sources;
  const there = new Set(namesIn(capturesFolder(folder)));
  const nameOf = (file: string) => sources.find(({ capture }) => capture === file)?.name;
  const missing = new Set(sources.flatMap(({ capture }) => (capture === null || there.has(capture) ? [] : capture)));
  const found: DamagedCapture[] = [...missing].map((file) => ({ file, name: nameOf(file) ?? file, reason: 'missing' }));
  for (const file of there) {
    const parts = partsOfCaptureName(file);
    if (parts === null) continue;
    const about = { file, name: nameOf(file) ?? parts.name };
    try {
      const digest = await digestOf(join(capturesFolder(folder), file));
      if (!digest.startsWith(parts.digest)) found.push({ ...about, reason: 'damaged' });
    } catch {
      found.push({ ...about, reason: 'unreadable' });
    }
  }
  return found;
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
