import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { PaperId } from '../../shared/paper.ts';
import type { Query } from '../../shared/query.ts';
import { arxivIdOf, doiOf } from '../importers/identity.ts';
import { markExpression } from '../search/match-expression.ts';
import type { TextMarker } from '../search/text-marker.ts';
import type { WordForms } from '../search/word-forms.ts';
import type { CorpusPaper, CorpusRow } from './corpus.ts';

type Record = globalThis.Record<string, unknown>;

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

/** What rows and papers have in common. */
function common(record: Record) {
  return {
    id: String(record['id']),
    title: String(record['title']),
    authors: JSON.parse(String(record['authors'])) as string[],
    published: textOrNull(record['published']),
    addedAt: Number(record['added_at']),
  };
}

/** Reads papers by key or id, with the words of a query marked. */
export class PaperReader {
  readonly #marker: TextMarker;
  readonly #forms: WordForms;
  readonly #row: StatementSync;
  readonly #paper: StatementSync;
  readonly #sources: StatementSync;
  readonly #key: StatementSync;
  readonly #ids: StatementSync;
  readonly #ownIds: StatementSync;

  constructor(database: DatabaseSync, marker: TextMarker, forms: WordForms) {
    this.#marker = marker;
    this.#forms = forms;
    this.#row = database.prepare(`
      SELECT p.id, p.title, p.authors, p.published, p.added_at, substr(a.text, 1, 240) AS excerpt
      FROM papers p LEFT JOIN abstracts a ON a.paper = p.key WHERE p.key = ?`);
    this.#paper = database.prepare(
      'SELECT p.*, a.text AS abstract FROM papers p LEFT JOIN abstracts a ON a.paper = p.key WHERE p.key = ?',
    );
    this.#sources = database.prepare(`
      SELECT s.id, s.name, s.format, s.imported_at FROM appearances a JOIN sources s ON s.id = a.source
      WHERE a.paper = ? ORDER BY a.source DESC`);
    this.#key = database.prepare('SELECT paper FROM identifiers WHERE id = ?');
    // One text in and one out: a statement for each of 100,000 papers would take ten times as long.
    this.#ids = database.prepare(`
      SELECT json_group_array(id) AS ids
      FROM (SELECT p.id FROM json_each(?) wanted CROSS JOIN papers p ON p.key = wanted.value)`);
    this.#ownIds = database.prepare(`
      SELECT json_group_array(id) AS ids
      FROM (SELECT p.id FROM json_each(?) given
        LEFT JOIN identifiers i ON i.id = given.value LEFT JOIN papers p ON p.key = i.paper)`);
  }

  /** Key of the paper with this id or alias, or null. */
  keyOf(id: PaperId): number | null {
    const found = this.#key.get(id);
    return found === undefined ? null : Number(found['paper']);
  }

  /** As {@link keyOf}, for what a reader types: any spelling of an arXiv number or DOI will do. */
  keyOfAnySpelling(text: string): number | null {
    const arxivId = arxivIdOf(text);
    const doi = doiOf(text);
    const ids = [text, arxivId && `arxiv:${arxivId}`, doi && `doi:${doi}`];
    for (const id of ids) {
      const key = id ? this.keyOf(id) : null;
      if (key !== null) return key;
    }
    return null;
  }

  /** The ids of the papers with these keys, in their order. */
  idsOf(keys: readonly number[]): PaperId[] {
    return JSON.parse(String(this.#ids.get(JSON.stringify(keys))?.['ids'])) as PaperId[];
  }

  /** The papers' own ids, by the ids or aliases given; those of no paper are left out. */
  ownIds(ids: readonly PaperId[]): Map<PaperId, PaperId> {
    const found = JSON.parse(String(this.#ownIds.get(JSON.stringify(ids))?.['ids'])) as (PaperId | null)[];
    const own = new Map<PaperId, PaperId>();
    for (const [index, id] of ids.entries()) {
      const paper = found[index];
      if (typeof paper === 'string') own.set(id, paper);
    }
    return own;
  }

  /** The rows with these keys, in their order; `marks` is what to mark, for `TextMarker`. */
  rows(keys: Iterable<number>, marks: string | null): CorpusRow[] {
    const rows: CorpusRow[] = [];
    for (const key of keys) {
      const record = this.#row.get(key);
      if (record === undefined) continue;
      const sources = this.#sources.all(key).map(({ name }) => String(name));
      rows.push({ ...common(record), titleMatches: [], sources, excerpt: textOrNull(record['excerpt']) ?? '' });
    }
    const texts = rows.map(({ title }) => ({ title, abstract: '' }));
    for (const [index, { title }] of this.#marker.mark(marks, texts).entries()) {
      const row = rows[index];
      if (row) row.titleMatches = title;
    }
    return rows;
  }

  /** The paper with this key, with the words of `query` marked, or null. */
  paper(key: number, query: Query): CorpusPaper | null {
    const record = this.#paper.get(key);
    if (record === undefined) return null;
    const shared = common(record);
    const abstract = textOrNull(record['abstract']);
    const [marks] = this.#marker.mark(markExpression([query], this.#forms), [
      { title: shared.title, abstract: abstract ?? '' },
    ]);
    return {
      ...shared,
      titleMatches: marks?.title ?? [],
      abstract,
      abstractMatches: marks?.abstract ?? [],
      arxivId: textOrNull(record['arxiv_id']),
      doi: textOrNull(record['doi']),
      links: JSON.parse(String(record['links'])) as CorpusPaper['links'],
      sources: this.#sources.all(key).map((source) => ({
        id: Number(source['id']),
        name: String(source['name']),
        format: String(source['format']),
        importedAt: Number(source['imported_at']),
      })),
    };
  }
}
