import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Status } from '../../shared/paper.ts';
import { parseQuery } from '../../shared/query/parse.ts';
import type { Sort } from '../../shared/settings.ts';
import { paperOf as barePaper, type ImportedPaper } from '../importers/importer.ts';
import { type BuiltPaper, buildCorpus } from './build-corpus.ts';
import type { CorpusRow, ListQuestion, MirroredMarks, OpenedList } from './corpus.ts';
import { LocalCorpus } from './local-corpus.ts';

/** A folder for one test, and a function that removes it. */
export function temporaryFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'offprint-corpus-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Runs `test` on a corpus that holds the given sources, the first one imported first. */
export function withCorpus(
  sources: readonly { name: string; papers: readonly BuiltPaper[] }[],
  test: (corpus: LocalCorpus, folder: string) => void,
): void {
  const { folder, remove } = temporaryFolder();
  try {
    for (const { name, papers } of sources) buildCorpus(folder, papers, papers.length, name);
    const corpus = new LocalCorpus(folder);
    try {
      test(corpus, folder);
    } finally {
      corpus.close();
    }
  } finally {
    remove();
  }
}

/** As {@link withCorpus}, for a test that waits for something. */
export async function withOpenCorpus(
  sources: readonly { name: string; papers: readonly BuiltPaper[] }[],
  test: (corpus: LocalCorpus, folder: string) => Promise<void>,
): Promise<void> {
  const { folder, remove } = temporaryFolder();
  try {
    for (const { name, papers } of sources) buildCorpus(folder, papers, papers.length, name);
    const corpus = new LocalCorpus(folder);
    try {
      await test(corpus, folder);
    } finally {
      corpus.close();
    }
  } finally {
    remove();
  }
}

/** The whole of a list, opened as a window opens it: some rows at once, the rest when all has been counted. */
export async function wholeList(
  corpus: LocalCorpus,
  question: Partial<ListQuestion>,
  limit = 2,
): Promise<{ opened: OpenedList; rows: CorpusRow[] }> {
  const opened = corpus.openList({ queries: [], sort: [], now: Date.now(), ...question, limit });
  const settled = corpus.settled(opened.result);
  while (corpus.idle());
  const total = await settled;
  const rows = corpus.rows(opened.result, 0, total);
  corpus.closeList(opened.result);
  if (rows.length !== total) throw new Error(`${rows.length} rows of ${total}`);
  return { opened, rows };
}

/** All titles that answer queries given as text, in order. */
export function titles(corpus: LocalCorpus, queries: string | readonly string[], sort: Sort = []): string[] {
  const parsed = [queries].flat().map(parseQuery);
  const { result } = corpus.openList({ queries: parsed, sort, now: Date.now(), limit: 2 });
  const rows = corpus.rows(result, 0, 100_000);
  corpus.closeList(result);
  return rows.map(({ title }) => title);
}

/** Marks of a paper, untouched but for what is given. */
export function marksOf(id: string, marks: Partial<MirroredMarks> = {}): MirroredMarks {
  const untouched = { status: 'unread' as Status, starred: false, tags: [], hasNote: false, changedAt: null };
  return { id, ...untouched, note: marks.hasNote ? 'A note.' : '', readAt: null, ...marks };
}

/** A paper of which only the given fields are known. */
export function paperOf(title: string, fields: Partial<ImportedPaper> = {}): ImportedPaper {
  return { ...barePaper(title), ...fields };
}
