import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { statuses } from '../../shared/paper.ts';
import type { LibraryFacts } from '../search/conditions.ts';
import type { SortFacts } from '../search/segments.ts';
import type { CorpusState } from './corpus.ts';
import { keptSource } from './record-rows.ts';
import { withTotals } from './tag-families.ts';

/** Reads what is counted; see the triggers in `marks-layout.ts`. */
export class FactsReader {
  readonly #counts: StatementSync;
  readonly #tags: StatementSync;
  readonly #totals: StatementSync;
  readonly #total: StatementSync;
  readonly #sources: StatementSync;
  readonly #lastImport: StatementSync;
  readonly #venue: StatementSync;
  #venues: readonly string[] | null = null;

  /** @param database as `openTogether` gives it */
  constructor(database: DatabaseSync) {
    this.#counts = database.prepare('SELECT * FROM counts');
    this.#tags = database.prepare('SELECT tag, n FROM tag_counts ORDER BY tag COLLATE NOCASE, tag');
    this.#totals = database.prepare('SELECT tag, n FROM tag_totals');
    this.#total = database.prepare('SELECT n FROM tag_totals WHERE tag = ?');
    this.#sources = database.prepare(
      'SELECT id, name, name_key, format, format_label, imported_at, count FROM sources ORDER BY id DESC',
    );
    this.#lastImport = database.prepare(
      "SELECT detail ->> '$.sources' AS sources FROM changes WHERE kind = 'import' AND undone = 0 ORDER BY id DESC LIMIT 1",
    );
    // One look into the index for each venue, however many papers it has.
    this.#venue = database.prepare(`
      SELECT venue FROM papers INDEXED BY papers_venue WHERE venue COLLATE NOCASE > ? ORDER BY venue COLLATE NOCASE LIMIT 1`);
  }

  /** To be called when papers have come, gone or changed. */
  forget(): void {
    this.#venues = null;
  }

  #allVenues(): readonly string[] {
    if (this.#venues !== null) return this.#venues;
    const venues: string[] = [];
    for (let row = this.#venue.get(''); row !== undefined; row = this.#venue.get(String(row['venue']))) {
      venues.push(String(row['venue']));
    }
    this.#venues = venues;
    return venues;
  }

  #sourcesOfLastImport(): readonly number[] {
    return JSON.parse(String(this.#lastImport.get()?.['sources'] ?? '[]')) as number[];
  }

  #count(): LibraryFacts['counts'] {
    const row = this.#counts.get() ?? {};
    const names = [...statuses, 'starred', 'noted', 'tagged', 'abstracts', 'code', 'everything'] as const;
    return Object.fromEntries(names.map((name) => [name, Number(row[name])])) as LibraryFacts['counts'];
  }

  #allTags(): { name: string; count: number }[] {
    return this.#tags.all().map(({ tag, n }) => ({ name: String(tag), count: Number(n) }));
  }

  /** Source 0 is none: it holds what was kept of removed ones. */
  #realSources() {
    return this.#sources.all().filter(({ id }) => id !== keptSource);
  }

  /** What the window's frame shows. */
  state(): Omit<CorpusState, 'duplicates' | 'watched'> {
    const { unread, noted, tagged: _, abstracts: __, code: ___, everything, ...others } = this.#count();
    return {
      counts: { ...others, inbox: unread, notes: noted, all: everything },
      tags: withTotals(this.#allTags(), new Map(this.#totals.all().map(({ tag, n }) => [String(tag), Number(n)]))),
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
      tags: this.#allTags(),
      tagTotal: (folded) => Number(this.#total.get(folded)?.['n'] ?? 0),
      sources: sources.map(({ id, name, count }) => ({ id: Number(id), name: String(name), count: Number(count) })),
      sourcesByName: names.map((name) => {
        const same = byName.get(name) ?? [];
        return {
          ids: same.map(({ id }) => Number(id)),
          count: same.reduce((sum, { count }) => sum + Number(count), 0),
        };
      }),
      keyOf,
      venues: () => this.#allVenues(),
      lastImport: () => this.#sourcesOfLastImport(),
    };
  }
}
