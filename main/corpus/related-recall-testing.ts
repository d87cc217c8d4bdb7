import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
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

/** Puts the bundled capture into a folder, and measures how many of the labelled neighbours are found in it. */
export function measureRecall(
  folder: string,
  half: Half | 'all',
  weights: LikenessWeights = likenessWeights,
): Recall & { pairs: number; papers: number } {
  const papers = capturedPapers();
  buildCorpus(folder, papers, papers.length);
  new LocalCorpus(folder).close();
  const database = openTogether({ corpus: `${folder}/corpus.db`, marks: folder }, 'read');
  const forms = new WordForms(tokenizer);
  const related = new RelatedPapers(database, (words) => forms.stems(words), weights);
  const bare = new DatabaseSync(`${folder}/corpus.db`, { readOnly: true });
  const ranked = bare.prepare('SELECT rowid AS key FROM search WHERE search MATCH ? ORDER BY bm25(search) LIMIT 6');
  const titles = new Map<number, string>();
  for (const { key, title } of bare.prepare('SELECT key, title FROM papers').all()) {
    titles.set(Number(key), String(title));
  }
  const together = neighboursOf(labelledPairs().filter((pair) => half === 'all' || pair.half === half));
  const of = (find: (key: number, title: string) => number[]) => {
    const shares: number[] = [];
    for (const [key, title] of titles) {
      const wanted = together.get(title);
      if (!wanted) continue;
      const first = find(key, title).slice(0, 5);
      shares.push(first.filter((near) => wanted.has(titles.get(near) ?? '')).length / wanted.size);
    }
    return shares.reduce((sum, share) => sum + share, 0) / shares.length;
  };
  try {
    return {
      ours: of((key) => runAtOnce(related.find(key, 5)).map((near) => near.key)),
      titleQuery: of((key, title) => {
        const words = title.match(/[\p{L}\p{N}]+/gu) ?? [];
        const expression = words.map((word) => `"${word}"`).join(' OR ');
        return ranked
          .all(expression)
          .map((row) => Number(row['key']))
          .filter((near) => near !== key);
      }),
      pairs: [...together.values()].reduce((sum, wanted) => sum + wanted.size, 0) / 2,
      papers: together.size,
    };
  } finally {
    bare.close();
    database.close();
    forms.close();
  }
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
