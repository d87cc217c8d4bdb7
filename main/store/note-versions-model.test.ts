import { cpSync, mkdirSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OffprintError } from '../../shared/outcome.ts';
import type { PaperId } from '../../shared/paper.ts';
import { type Fault, faultyFiles, type OpenedReader, openReader } from './store-testing.ts';

// The rule in plain words, against the store with its journal, folds, crashes and faults: every text that
// stood for a minute, or that more than 40 characters were cut from, can be found afterwards.

const ids = ['arxiv:1', 'arxiv:2', '__proto__'] as const;
const id = fc.constantFrom(...ids);
const text = fc
  .tuple(fc.constantFrom('', 'a', 'note ', 'Écrit\n', '\u{1F600}"\\', '\ud800'), fc.constantFrom(1, 9, 30, 60))
  .map(([word, times]) => word.repeat(times));
const wait = fc.constantFrom(0, 400, 30_000, 60_000, 700_000, -5000);
const action = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('note' as const), id, text, wait }) },
  fc.record({ kind: fc.constant('notes' as const), id, texts: fc.array(text, { maxLength: 4 }), wait }),
  fc.record({ kind: fc.constant('mark' as const), id, wait }),
  fc.record({ kind: fc.constant('clear' as const), wait }),
  fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const), wait }),
  fc.record({ kind: fc.constantFrom('rest' as const, 'reopen' as const, 'kill' as const), wait }),
);
const actions = fc.array(action, { minLength: 1, maxLength: 30 });
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

interface Past {
  id: PaperId;
  text: string;
  replacedAt: number;
}

/** How many characters were taken away, from the first one that differs to the last. */
function cut(before: string, after: string): number {
  let [start, tail] = [0, 0];
  while (start < before.length && before[start] === after[start]) start += 1;
  const most = Math.min(before.length, after.length) - start;
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return before.length - start - tail;
}

class Run {
  readonly #folder: string;
  readonly #fault: () => Fault | null;
  #now = 1_000_000_000;
  #copies = 0;
  #reader: OpenedReader | null = null;
  /** What has been acknowledged and must be found. */
  readonly expected: Past[] = [];
  /** Every text that a note may have had, acknowledged or not. */
  readonly said = new Map<PaperId, Set<string>>(ids.map((id) => [id, new Set()]));

  constructor(folder: string, fault: () => Fault | null) {
    this.#folder = folder;
    this.#fault = fault;
  }

  get place(): string {
    return join(this.#folder, String(this.#copies));
  }

  async open(fault = this.#fault): Promise<OpenedReader> {
    mkdirSync(this.place, { recursive: true });
    const reader = await openReader(this.place, faultyFiles(fault).files, 700, () => this.#now);
    const { readOnly } = reader.store;
    if (readOnly !== null) {
      // What cannot be read shows nothing, and is opened again once it can be.
      await reader.store.close();
      throw new OffprintError('unreadable', readOnly);
    }
    this.#reader = reader;
    return reader;
  }

  /** Does one thing at a time; what it replaced is expected once it is acknowledged. */
  async #change(reader: OpenedReader, work: () => Promise<unknown>): Promise<void> {
    const before = new Map(reader.store.records);
    await work();
    this.#expect(before, new Map(reader.store.records));
  }

  #expect(before: OpenedReader['store']['records'], after: OpenedReader['store']['records']): void {
    for (const id of ids) {
      const { note = '', noteChangedAt = 0 } = before.get(id) ?? {};
      const now = after.get(id)?.note ?? '';
      if (note === '' || note === now) continue;
      const stood = this.#now - noteChangedAt;
      const isKept = stood >= 60_000 || cut(note, now) > 40 || now === '';
      if (isKept) this.expected.push({ id, text: note, replacedAt: this.#now });
    }
  }

  async do(action: Action): Promise<void> {
    const reader = this.#reader ?? (await this.open());
    this.#now += action.wait;
    switch (action.kind) {
      case 'note':
        this.said.get(action.id)?.add(action.text);
        return this.#change(reader, () => reader.marks.setNote({ id: action.id, markedAs: [] }, action.text));
      case 'notes': {
        // At once, so that they share a write: what stands between is there for no more than a moment.
        const saves = action.texts.map((text) => {
          this.said.get(action.id)?.add(text);
          const before = new Map(reader.store.records);
          const saving = reader.marks.setNote({ id: action.id, markedAs: [] }, text);
          const after = new Map(reader.store.records);
          return saving.then(() => this.#expect(before, after));
        });
        const outcomes = await Promise.allSettled(saves);
        const failed = outcomes.find(({ status }) => status === 'rejected');
        if (failed?.status === 'rejected') throw failed.reason;
        return;
      }
      case 'mark':
        return this.#change(reader, () => reader.marks.mark([{ id: action.id, markedAs: [] }], { starred: true }));
      case 'clear': {
        const records = new Map(ids.map((id) => [id, null]));
        return this.#change(reader, () => reader.history.do({ label: 'Cleared', records }));
      }
      case 'undo':
      case 'redo':
        return this.#change(reader, () => reader.history[action.kind]());
      case 'rest':
        // So long that what goes on by itself comes to its end.
        for (let turn = 0; turn < 40; turn += 1) await readdir(this.place);
        return;
      case 'reopen':
        await reader.store.close();
        this.#reader = null;
        return;
      case 'kill':
        await this.crash();
    }
  }

  /** Goes on with what is on the disk this moment, whatever else is under way. */
  async crash(): Promise<void> {
    const before = this.place;
    const reader = this.#reader;
    this.#copies += 1;
    cpSync(before, this.place, { recursive: true });
    this.#reader = null;
    await reader?.store.close();
  }

  /** Holds what can be found against what must be, and against what was ever said. */
  async check(): Promise<void> {
    const { store } = this.#reader ?? (await this.open());
    for (const id of ids) {
      const entries = await store.noteVersions.of([id]);
      expect(new Set(entries.map(({ version }) => version)).size).toBe(entries.length);
      const found = [];
      for (const { version, replacedAt, length } of entries) {
        const text = await store.noteVersions.text([id], version);
        expect(text?.length).toBe(length);
        expect(this.said.get(id)?.has(text ?? '')).toBe(true);
        found.push(JSON.stringify([text, replacedAt]));
      }
      const missing = this.expected.filter((past) => past.id === id);
      for (const { text, replacedAt } of missing) expect(found).toContain(JSON.stringify([text, replacedAt]));
    }
  }

  async end(): Promise<void> {
    await this.#reader?.store.close();
    this.#reader = null;
  }
}

async function within(fault: () => Fault | null, work: (run: Run) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'offprint-note-model-'));
  const run = new Run(folder, fault);
  try {
    await work(run);
  } finally {
    await run.end();
    await rm(folder, { recursive: true, force: true });
  }
}

const runs = Number(process.env['RUNS'] ?? 40);

test('after any saves with any times, undos, closings and kills, every text that must be kept is found', async () => {
  await fc.assert(
    fc.asyncProperty(actions, (all) =>
      within(
        () => null,
        async (run) => {
          for (const action of all) await run.do(action);
          await run.check();
          await run.crash();
          await run.check();
        },
      ),
    ),
    { numRuns: runs },
  );
}, 240_000);

test('nor is one lost when files cannot be written or read for a while', async () => {
  await fc.assert(
    fc.asyncProperty(actions, fc.nat(150), fc.nat(12), fc.constantFrom('ENOSPC', 'EIO'), (all, at, more, code) => {
      let fault: Fault | null = { at, more, code };
      return within(
        () => fault,
        async (run) => {
          // What is refused has not happened.
          for (const action of all) await run.do(action).catch(refused);
          fault = null;
          await run.check().catch(async (error: unknown) => {
            // A fault may have been found while it was still there.
            if (!isRefusal(error)) throw error;
            await run.check();
          });
          await run.crash();
          await run.check();
        },
      );
    }),
    { numRuns: runs },
  );
}, 240_000);

test('nor when the process ends at any file operation', async () => {
  await fc.assert(
    fc.asyncProperty(actions, fc.nat(200), (all, at) => {
      let fault: Fault | null = { at, more: Number.POSITIVE_INFINITY, code: 'EIO' };
      return within(
        () => fault,
        async (run) => {
          for (const action of all) {
            const isAlive = await run.do(action).then(
              () => true,
              (error: unknown) => refused(error),
            );
            if (!isAlive) break;
          }
          await run.crash();
          fault = null;
          await run.check();
        },
      );
    }),
    { numRuns: runs },
  );
}, 240_000);

function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'unreadable';
}

function refused(error: unknown): false {
  if (!isRefusal(error)) throw error;
  return false;
}
