import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { statuses } from '../../shared/paper.ts';
import type { LibraryFacts } from '../search/plan.ts';
import type { SortFacts } from '../search/segments.ts';
import type { CorpusState } from './corpus.ts';
import { keptSource } from './record-rows.ts';

/** Reads what is counted; see the triggers in `marks-layout.ts`. */
export class FactsReader {
  readonly #counts: StatementSync;
  readonly #tags: StatementSync;
  readonly #sources: StatementSync;

  /** @param database as `openTogether` gives it */
  constructor(database: DatabaseSync) {
    this.#counts = database.prepare('SELECT * FROM counts');
    this.#tags = database.prepare('SELECT tag, n FROM tag_counts ORDER BY tag COLLATE NOCASE, tag');
    this.#sources = database.prepare(
      'SELECT id, name, name_key, format, format_label, imported_at, count FROM sources ORDER BY id DESC',
    );
  }

  #count(): LibraryFacts['counts'] {
    const row = this.#counts.get() ?? {};
    const names = [...statuses, 'starred', 'noted', 'everything'] as const;
    return Object.fromEntries(names.map((name) => [name, Number(row[name])])) as LibraryFacts['counts'];
  }

  /** Source 0 is none: it holds what was kept of removed ones. */
  #realSources() {
    return this.#sources.all().filter(({ id }) => id !== keptSource);
  }

  /** What the window's frame shows. */
  state(): Omit<CorpusState, 'duplicates'> {
    const { unread, noted, everything, ...others } = this.#count();
    return {
      counts: { ...others, inbox: unread, notes: noted, all: everything },
      tags: this.#tags.all().map(({ tag, n }) => ({ name: String(tag), count: Number(n) })),
      sources: this.#realSources().map((source) => ({
        id: Number(source['id']),
        name: String(source['name']),
        format: String(source['format']),
        formatLabel: String(source['format_label']),
        importedAt: Number(source['imported_at']),
        count: Number(source['count']),
      })),
    };
  }

  /** What planning and sorting a query need to know. */
  facts(keyOf: (id: string) => number | null): LibraryFacts & SortFacts {
    const sources = this.#realSources();
    // Papers of no source sort before all others.
    const none = { id: keptSource, name_key: '', count: 0 };
    const byName = Map.groupBy([none, ...sources], (source) => String(source['name_key']));
    // Compared by code points, as SQLite compares the same column.
    const names = [...byName.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    return {
      counts: this.#count(),
      tags: this.#tags.all().map(({ tag, n }) => ({ name: String(tag), count: Number(n) })),
      sources: sources.map(({ id, name, count }) => ({ id: Number(id), name: String(name), count: Number(count) })),
      sourcesByName: names.map((name) => {
        const same = byName.get(name) ?? [];
        return {
          ids: same.map(({ id }) => Number(id)),
          count: same.reduce((sum, { count }) => sum + Number(count), 0),
        };
      }),
      keyOf,
    };
  }
}
