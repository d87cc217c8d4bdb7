import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { PaperId } from '../../shared/paper.ts';
import { pooledRecord } from './arbitrary-records.ts';
import { combineRecords } from './combine.ts';
import { groupRecords } from './grouping.ts';
import { LocalPapersWriter } from './local-papers-writer.ts';
import type { PaperPair } from './papers-writer.ts';
import { factsOfRow, type PaperFacts } from './record-body.ts';
import { identityOf } from './record-identity.ts';
import { temporaryFolder } from './test-corpus.ts';
import { dump, fileToImport, importAll, numberOf, plainFile } from './writer-testing.ts';

vi.mock('../importers/registry.ts', async () => {
  const { plainRecords } = await import('./writer-testing.ts');
  return { importers: [plainRecords], formatOf: () => plainRecords, formatLabels: () => plainRecords.label };
});

/** A paper as it must be: everything that follows from the records and from nothing else. */
interface ModelPaper {
  id: PaperId;
  ids: PaperId[];
  facts: PaperFacts;
  sources: number[];
}

/** What has been done, remembered as plainly as possible. */
class Model {
  /** Records of the sources that are there, by number. */
  readonly sources = new Map<number, readonly PaperFacts[]>();
  pairs: PaperPair[] = [];

  /** All papers in page order: the newest import first, each paper where its earliest record is. */
  papers(): ModelPaper[] {
    const records = [...this.sources]
      .sort(([a], [b]) => a - b)
      .flatMap(([source, all]) => all.map((facts, position) => ({ source, position, facts })));
    const groups = groupRecords(
      records.map(({ facts }) => identityOf(facts)),
      this.pairs,
    );
    return groups
      .map(({ id, ids, members }) => {
        const own = members.flatMap((member) => records[member] ?? []);
        const [first] = own;
        if (first === undefined) throw new Error('a group without records');
        const sources = [...new Set(own.map(({ source }) => source))];
        return { first, paper: { id, ids, facts: combineRecords(own.map(({ facts }) => facts)).shown, sources } };
      })
      .sort((a, b) => b.first.source - a.first.source || a.first.position - b.first.position)
      .map(({ paper }) => paper);
  }
}

/** The papers that are in `corpus.db`. */
function papersIn(folder: string): ModelPaper[] {
  const database = new DatabaseSync(join(folder, 'corpus.db'), { readOnly: true });
  try {
    const rows = database
      .prepare(`
        SELECT p.*, a.text AS abstract,
          (SELECT json_group_array(id) FROM (SELECT id FROM identifiers WHERE paper = p.key ORDER BY id)) AS ids,
          (SELECT json_group_array(source) FROM (SELECT source FROM appearances WHERE paper = p.key ORDER BY source)) AS sources
        FROM papers p LEFT JOIN abstracts a ON a.paper = p.key ORDER BY p.key`)
      .all();
    return rows.map((row) => ({
      id: String(row['id']),
      ids: JSON.parse(String(row['ids'])) as PaperId[],
      facts: factsOfRow(row),
      sources: JSON.parse(String(row['sources'])) as number[],
    }));
  } finally {
    database.close();
  }
}

/** Something done to the papers; the numbers choose among what is there at the time. */
type Step =
  | { kind: 'import'; records: PaperFacts[] }
  | { kind: 'import again' | 'remove' | 'undo' | 'redo' | 'separate'; which: number }
  | { kind: 'merge'; which: number; with: number };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('import'),
        records: fc.array(pooledRecord, { minLength: 1, maxLength: 4 }),
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constantFrom('import again', 'remove', 'undo', 'undo', 'redo', 'separate'),
        which: fc.nat(9),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('merge'), which: fc.nat(9), with: fc.nat(9) }) },
  ) as fc.Arbitrary<Step>,
  { minLength: 2, maxLength: 8 },
);

/** A change that can be taken back. */
interface DoneChange {
  number: number;
  source: number;
  kind: 'import' | 'remove';
}

/** Does steps to a library and to the model of one. */
class Session {
  readonly model = new Model();
  /**
   * True once a source has gone that brought an id by which papers were merged: only then may a record be
   * kept, for the merge to outlast it. While one is, the model, which knows of none, cannot tell the
   * papers; `library-changes-model.test.ts` can.
   */
  mayKeepRecords = false;
  readonly #writer: LocalPapersWriter;
  readonly #folder: string;
  readonly #imported: PaperFacts[][] = [];
  readonly #changes: DoneChange[] = [];
  /** Those that have been taken back. */
  readonly #undone: DoneChange[] = [];
  /** Records of sources that were removed. */
  readonly #removed = new Map<number, readonly PaperFacts[]>();

  constructor(writer: LocalPapersWriter, folder: string) {
    this.#writer = writer;
    this.#folder = folder;
  }

  async do(step: Step): Promise<void> {
    switch (step.kind) {
      case 'import':
        return this.#import(step.records);
      case 'import again': {
        const records = pick(this.#imported, step.which);
        return records && this.#import(records);
      }
      case 'remove': {
        const source = pick([...this.model.sources.keys()], step.which);
        return source === undefined ? undefined : this.#remove(source);
      }
      case 'undo': {
        const change = pick(this.#changes, step.which);
        return change && this.#undo(change);
      }
      case 'redo': {
        const change = pick(this.#undone, step.which);
        return change && this.#redo(change);
      }
      case 'merge': {
        const papers = this.model.papers();
        const [kept, other] = [pick(papers, step.which), pick(papers, step.with)];
        if (!kept || !other || kept === other) return;
        return this.#setPairs([...this.model.pairs, [kept.id, other.id]]);
      }
      case 'separate': {
        const gone = pick(this.model.pairs, step.which);
        return gone && this.#setPairs(this.model.pairs.filter((pair) => pair !== gone));
      }
    }
  }

  async #import(records: PaperFacts[]): Promise<void> {
    this.#imported.push(records);
    const text = plainFile(records);
    const isThere = [...this.model.sources.values()].some((other) => plainFile(other) === text);
    const before = this.#lastSource();
    const { change } = await importAll(this.#writer, [
      fileToImport(this.#folder, `${this.#imported.length}.txt`, text),
    ]);
    expect(change === null).toBe(isThere);
    if (change === null) return;
    const source = this.#lastSource();
    expect(source).toBeGreaterThan(before);
    this.model.sources.set(source, records);
    this.#changes.push({ number: change, source, kind: 'import' });
  }

  async #remove(source: number): Promise<void> {
    const change = numberOf(await this.#writer.removeSource(source));
    this.#changes.push({ number: change, source, kind: 'remove' });
    this.#take(source);
  }

  async #undo(change: DoneChange): Promise<void> {
    const { number, source, kind } = change;
    if (kind === 'import' && !this.model.sources.has(source)) {
      await expect(this.#writer.undo(number)).rejects.toMatchObject({ code: 'refused' });
      return;
    }
    const before = dump(this.#folder);
    await this.#writer.undo(number);
    const after = dump(this.#folder);
    await this.#writer.redo(number);
    expect(dump(this.#folder)).toEqual(before);
    await this.#writer.undo(number);
    expect(dump(this.#folder)).toEqual(after);
    this.#changes.splice(this.#changes.indexOf(change), 1);
    this.#undone.push(change);
    if (kind === 'import') this.#take(source);
    else this.#bring(source);
  }

  async #redo(change: DoneChange): Promise<void> {
    const { number, source, kind } = change;
    if (kind === 'remove' && !this.model.sources.has(source)) {
      await expect(this.#writer.redo(number)).rejects.toMatchObject({ code: 'refused' });
      return;
    }
    await this.#writer.redo(number);
    this.#undone.splice(this.#undone.indexOf(change), 1);
    this.#changes.push(change);
    if (kind === 'import') this.#bring(source);
    else this.#take(source);
  }

  async #setPairs(pairs: PaperPair[]): Promise<void> {
    await this.#writer.setPairs({ same: pairs, different: [] }, 'Merged', null);
    this.model.pairs = pairs;
  }

  #bring(source: number): void {
    this.model.sources.set(source, this.#removed.get(source) ?? []);
  }

  #take(source: number): void {
    const taken = this.model.papers().filter(({ sources }) => sources.includes(source));
    const merged = new Set(this.model.pairs.flat());
    this.mayKeepRecords ||= taken.some(({ ids }) => ids.some((id) => merged.has(id)));
    this.#removed.set(source, this.model.sources.get(source) ?? []);
    this.model.sources.delete(source);
  }

  #lastSource(): number {
    const database = new DatabaseSync(join(this.#folder, 'corpus.db'), { readOnly: true });
    try {
      return Number(database.prepare('SELECT max(id) AS id FROM sources').get()?.['id'] ?? 0);
    } finally {
      database.close();
    }
  }
}

function pick<T>(list: readonly T[], which: number): T | undefined {
  return list[which % Math.max(1, list.length)];
}

test('whatever is imported, removed, undone, merged and separated: the papers are those that the records make', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const { folder, remove } = temporaryFolder();
      const inside = join(folder, 'library');
      mkdirSync(inside);
      const writer = new LocalPapersWriter(inside);
      try {
        const session = new Session(writer, inside);
        for (const step of all) {
          await session.do(step);
          const papers = papersIn(inside);
          const keepsRecords = papers.some(({ sources }) => sources.includes(0));
          if (session.mayKeepRecords && keepsRecords) continue;
          expect(papers).toEqual(session.model.papers());
        }
        expect(dump(inside)['strays']).toEqual([]);
      } finally {
        await writer.close();
        rmSync(`${inside}-files`, { recursive: true, force: true });
        remove();
      }
    }),
    { numRuns: Number(process.env['RUNS'] ?? 25) },
  );
});
