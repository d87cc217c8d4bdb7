import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Query } from '../../shared/query/query.ts';
import { markExpression } from '../search/match-expression.ts';
import type { TextMarker } from '../search/text-marker.ts';
import type { WordForms } from '../search/word-forms.ts';
import type { CorpusPaper, CorpusRow } from './corpus.ts';
import type { PaperIds } from './paper-ids.ts';
import { factsOfRow } from './record-body.ts';
import { RevisionsReader } from './revisions.ts';

type Record = globalThis.Record<string, unknown>;

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

/** Reads papers by key, with the words of a query marked. */
export class PaperReader {
  readonly #ids: PaperIds;
  readonly #marker: TextMarker;
  readonly #forms: WordForms;
  readonly #revisions: RevisionsReader;
  readonly #row: StatementSync;
  readonly #paper: StatementSync;
  readonly #sourceNames: StatementSync;
  readonly #sources: StatementSync;

  /** @param database as `openTogether` gives it */
  constructor(database: DatabaseSync, ids: PaperIds, marker: TextMarker, forms: WordForms) {
    this.#ids = ids;
    this.#marker = marker;
    this.#forms = forms;
    this.#revisions = new RevisionsReader(database);
    const prepare = (sql: string) => database.prepare(sql);
    this.#row = prepare(`
      SELECT p.id, p.title, p.authors, p.published, p.added_at, p.votes, p.venue, substr(a.text, 1, 240) AS excerpt
      FROM papers p LEFT JOIN abstracts a ON a.paper = p.key WHERE p.key = ?`);
    this.#paper = prepare(
      'SELECT p.*, a.text AS abstract FROM papers p LEFT JOIN abstracts a ON a.paper = p.key WHERE p.key = ?',
    );
    // Source 0 is none: it holds what was kept of removed ones.
    this.#sourceNames = prepare(`
      SELECT s.name FROM appearances a JOIN sources s ON s.id = a.source
      WHERE a.paper = ? AND a.source > 0 ORDER BY a.source DESC`);
    this.#sources = prepare(`
      SELECT s.id, s.name, s.format, s.format_label, s.imported_at, a.place, min(a.position) FROM (
        SELECT source, position, place FROM appearances WHERE paper = ?1
        UNION ALL SELECT source, position, place FROM repeats WHERE paper = ?1) a
      JOIN sources s ON s.id = a.source WHERE s.id > 0 GROUP BY s.id ORDER BY s.id DESC`);
  }

  /** The rows with these keys, in their order; `marks` is what to mark, for `TextMarker`. */
  rows(keys: Iterable<number>, marks: string | null): CorpusRow[] {
    const wanted = [...keys];
    const markedAs = this.#ids.markedAs(wanted);
    const rows: CorpusRow[] = [];
    for (const key of wanted) {
      const record = this.#row.get(key);
      if (record === undefined) continue;
      rows.push({
        id: String(record['id']),
        title: String(record['title']),
        titleMatches: [],
        authors: JSON.parse(String(record['authors'])) as string[],
        published: textOrNull(record['published']),
        addedAt: Number(record['added_at']),
        sources: this.#sourceNames.all(key).map(({ name }) => String(name)),
        votes: record['votes'] === null ? null : Number(record['votes']),
        venue: textOrNull(record['venue']),
        excerpt: textOrNull(record['excerpt']) ?? '',
        markedAs: markedAs.get(key) ?? [],
      });
    }
    const texts = rows.map(({ title }) => ({ title, abstract: '' }));
    for (const [index, { title }] of this.#marker.mark(marks, texts).entries()) {
      const row = rows[index];
      if (row) row.titleMatches = title;
    }
    return rows;
  }

  /** The rows with these keys that there are, by key, with nothing marked. */
  rowsByKey(keys: Iterable<number>): Map<number, CorpusRow> {
    return new Map([...keys].flatMap((key) => this.rows([key], null).map((row) => [key, row] as const)));
  }

  /** The paper with this key, with the words of `query` marked, or null. */
  paper(key: number, query: Query): CorpusPaper | null {
    const record: Record | undefined = this.#paper.get(key);
    if (record === undefined) return null;
    const id = String(record['id']);
    const facts = factsOfRow(record);
    const [marks] = this.#marker.mark(markExpression([query], this.#forms), [
      { title: facts.title, abstract: facts.abstract ?? '' },
    ]);
    return {
      ...facts,
      id,
      addedAt: Number(record['added_at']),
      titleMatches: marks?.title ?? [],
      abstractMatches: marks?.abstract ?? [],
      sources: this.#sources.all(key).map((source) => ({
        id: Number(source['id']),
        name: String(source['name']),
        format: String(source['format']),
        formatLabel: String(source['format_label']),
        importedAt: Number(source['imported_at']),
        place: String(source['place']),
      })),
      revisions: this.#revisions.of(key, facts),
      aliases: this.#ids.identifiersOf(key).filter((alias) => alias !== id),
      markedAs: this.#ids.markedAs([key]).get(key) ?? [],
    };
  }
}
