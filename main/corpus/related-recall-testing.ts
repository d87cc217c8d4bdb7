import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cachedStems } from '../search/cached-stems.ts';
import { type LikenessWeights, likenessWeights } from '../search/likeness.ts';
import { RelatedPapers } from '../search/related-papers.ts';
import { WordForms } from '../search/word-forms.ts';
import { buildCorpus } from './build-corpus.ts';
import { LocalCorpus } from './local-corpus.ts';
import { openTogether } from './marks-database.ts';
import { tokenizer } from './migrations.ts';
import { runAtOnce } from './pace.ts';

/** Which labels the weights were chosen by, and which they are only measured on. */
export type Half = 'tuned' | 'held-out';

/** Papers that belong together, by the beginnings of their titles; see `fixtures/related-papers.json`. */
interface Together {
  papers: string[];
  half: Half;
}

/** Two papers that belong together, by their titles. */
export interface LabelledPair {
  titles: readonly [string, string];
  half: Half;
}

/** How much of what belongs together is among the first five, from 0 to 1: the mean over papers that have a label. */
export interface Recall {
  ours: number;
  /** By the same index's bm25 of the words of the title, as its own query language ranks them. */
  titleQuery: number;
}

const labels = new URL('./fixtures/related-papers.json', import.meta.url);
const capture = new URL('../../resources/daily-papers.txt', import.meta.url);

/** The papers of the bundled capture. */
export function capturedPapers(): { title: string; abstract: string }[] {
  const paragraphs = readFileSync(capture, 'utf8')
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim());
  return Array.from({ length: 55 }, (_, at) => ({
    title: paragraphs[5 + 2 * at] ?? '',
    abstract: paragraphs[6 + 2 * at] ?? '',
  }));
}

/** The labelled pairs of the bundled capture, each once. @throws Error where a label names no paper or several */
export function labelledPairs(): LabelledPair[] {
  const papers = capturedPapers();
  const titleOf = (beginning: string) => {
    const [title, ...others] = papers.filter((paper) => paper.title.startsWith(beginning));
    if (!title || others.length > 0) throw new Error(`“${beginning}” names ${title ? 'several papers' : 'no paper'}`);
    return title.title;
  };
  const { topics, pairs } = JSON.parse(readFileSync(labels, 'utf8')) as { topics: Together[]; pairs: Together[] };
  const found = new Map<string, LabelledPair>();
  for (const { papers: together, half } of [...topics, ...pairs]) {
    const all = together.map(titleOf);
    for (const [at, one] of all.entries()) {
      for (const other of all.slice(at + 1)) {
        const name = [one, other].sort().join('\n');
        if (!found.has(name)) found.set(name, { titles: [one, other], half });
      }
    }
  }
  return [...found.values()];
}

/** Puts the bundled capture into an empty folder, and measures how many of the labelled neighbours are found in it. */
export function measureRecall(
  folder: string,
  weights: LikenessWeights = likenessWeights,
): Record<Half | 'all', Recall & { pairs: number; papers: number }> {
  const papers = capturedPapers();
  buildCorpus(folder, papers, papers.length);
  new LocalCorpus(folder).close();
  const database = openTogether({ corpus: join(folder, 'corpus.db'), marks: folder }, 'read');
  const forms = new WordForms(tokenizer);
  const related = new RelatedPapers(
    database,
    cachedStems((words) => forms.stems(words)),
    weights,
  );
  const ranked = database.prepare('SELECT rowid AS key FROM search WHERE search MATCH ? ORDER BY bm25(search) LIMIT 6');
  try {
    const titles = new Map<number, string>();
    for (const { key, title } of database.prepare('SELECT key, title FROM papers').all()) {
      titles.set(Number(key), String(title));
    }
    const ours = new Map<string, string[]>();
    const byTitle = new Map<string, string[]>();
    const firstFive = (keys: number[]) => keys.slice(0, 5).map((key) => titles.get(key) ?? '');
    for (const [key, title] of titles) {
      ours.set(title, firstFive(runAtOnce(related.find(key, 5)).map((near) => near.key)));
      const words = title.match(/[\p{L}\p{N}]+/gu) ?? [];
      const found = ranked.all(words.map((word) => `"${word}"`).join(' OR ')).map((row) => Number(row['key']));
      byTitle.set(title, firstFive(found.filter((near) => near !== key)));
    }
    const figures = (half: Half | 'all') => {
      const together = neighboursOf(labelledPairs().filter((pair) => half === 'all' || pair.half === half));
      const pairs = [...together.values()].reduce((sum, wanted) => sum + wanted.size, 0) / 2;
      const recall = { ours: recallOf(ours, together), titleQuery: recallOf(byTitle, together) };
      return { ...recall, pairs, papers: together.size };
    };
    return { tuned: figures('tuned'), 'held-out': figures('held-out'), all: figures('all') };
  } finally {
    database.close();
    forms.close();
  }
}

function recallOf(
  found: ReadonlyMap<string, readonly string[]>,
  together: ReadonlyMap<string, ReadonlySet<string>>,
): number {
  const shares = [...together].map(
    ([title, wanted]) => (found.get(title) ?? []).filter((near) => wanted.has(near)).length / wanted.size,
  );
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

function neighboursOf(pairs: readonly LabelledPair[]): Map<string, Set<string>> {
  const together = new Map<string, Set<string>>();
  const add = (one: string, other: string) => {
    const known = together.get(one);
    if (known) known.add(other);
    else together.set(one, new Set([other]));
  };
  for (const {
    titles: [one, other],
  } of pairs) {
    add(one, other);
    add(other, one);
  }
  return together;
}
