import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Paper, PaperId, Status } from '../shared/paper.ts';
import { openPapersWriter } from './corpus/open-papers-writer.ts';
import { type Library, openLibrary } from './library.ts';
import { importText, list } from './library-testing.ts';

// Whatever comes in, goes, is made one and apart again: what the reader wrote last is what is shown. And
// whatever is taken back by Undo is there again after Redo, as if nothing had happened.

/** A work that files know by its title, or with its arXiv id as well. The titles are nothing alike. */
const works = [
  'Attention budgets for reading lists',
  'On the growth of pine forests',
  'Quantum error bounds revisited',
  'A census of harbour seals',
  'Typesetting proofs by hand',
].map((title, at) => ({ title, arxivId: `2301.0${1000 + at}` }));

type Form = 'bare' | 'full';
interface Written {
  status: Status;
  tags: string[];
  note: string;
}
const untouched: Written = { status: 'unread', tags: [], note: '' };

interface ModelChange {
  kind: 'import' | 'remove';
  id: number;
  /** Works of the source, and whether it is in the library now. */
  source: ModelSource;
}
interface ModelSource {
  works: Set<number>;
  isIn: boolean;
}

class Model {
  written = works.map(() => untouched);
  sources: ModelSource[] = [];
  changes: ModelChange[] = [];
  /** Works that were touched when a source of theirs went: they may stay for ever. */
  mayStay = new Set<number>();
  merge: {
    works: [number, number];
    before: [Written, Written];
    edited: boolean;
    change: number;
    /** True once no source held one of them: when it comes back under other ids, nobody knows it as merged. */
    wasGone: boolean;
  } | null = null;

  isHeld(work: number): boolean {
    return this.sources.some((source) => source.isIn && source.works.has(work));
  }
  isTouched(work: number): boolean {
    return JSON.stringify(this.written[work]) !== JSON.stringify(untouched);
  }
  /** The works that are one with this one, itself included. */
  together(work: number): number[] {
    return this.merge?.works.includes(work) ? this.merge.works : [work];
  }
  takeOut(source: ModelSource): void {
    for (const work of source.works)
      if (this.together(work).some((each) => this.isTouched(each) || this.merge?.works.includes(each)))
        this.mayStay.add(work);
    source.isIn = false;
    if (this.merge && !this.merge.works.every((each) => this.isHeld(each))) this.merge.wasGone = true;
  }
}

const someWorks = fc.uniqueArray(
  fc.record({ work: fc.nat(works.length - 1), form: fc.constantFrom<Form>('bare', 'full') }),
  { minLength: 1, maxLength: 4, selector: ({ work }) => work },
);
const which = fc.nat(20);
const work = fc.nat(works.length - 1);
const action = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('import' as const, 'crash' as const), records: someWorks }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('importAgain' as const), which }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('write' as const), work }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wipe' as const), work }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('remove' as const, 'undo' as const), which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('merge' as const), work, other: work }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('backAndForth' as const),
      steps: fc.integer({ min: 1, max: 4 }),
      reopens: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('unmerge' as const, 'undoLast' as const, 'reopen' as const) }),
  },
);

function textOf(records: readonly { work: number; form: Form }[]): string {
  const lines = records.map(({ work, form }) => {
    const { title = '', arxivId } = works[work] ?? {};
    return JSON.stringify({ title, year: 2023, ...(form === 'full' && { arxiv_id: arxivId }) });
  });
  return `${lines.join('\n')}\n`;
}

const said = ({ status, tags, note }: Written): Written => ({ status, tags, note });

/** The library and its model, led through the same steps. */
class Run {
  readonly folder: string;
  readonly model = new Model();
  /** What comes next is beyond the model. */
  isOver = false;
  #library: Library | null = null;
  readonly #files: string[] = [];

  constructor(folder: string) {
    this.folder = folder;
  }

  get library(): Library {
    if (!this.#library) throw new Error('the library is not open');
    return this.#library;
  }
  async open(): Promise<void> {
    this.#library = await openLibrary({ dataFolder: this.folder, bundledCapture: null, appVersion: '1' });
  }
  async close(): Promise<void> {
    await this.#library?.close();
    this.#library = null;
  }

  /** Every paper of the library, by the work that it is. */
  async papers(): Promise<Map<number, Paper>> {
    const { rows } = await list(this.library);
    const papers = new Map<number, Paper>();
    for (const { id } of rows) {
      const paper = await this.library.handlers['paper.get']({ id, query: '' });
      const at = works.findIndex(({ title }) => title === paper.title);
      expect(papers.has(at), `${paper.title} stands there twice`).toBe(false);
      papers.set(at, paper);
    }
    return papers;
  }
  async idOf(work: number): Promise<PaperId | null> {
    const papers = await this.papers();
    for (const each of this.model.together(work)) {
      const paper = papers.get(each);
      if (paper) return paper.id;
    }
    return null;
  }

  async import(text: string, records: readonly { work: number }[], crashes: boolean): Promise<void> {
    const name = `${this.#files.length}.jsonl`;
    this.#files.push(text);
    let change: number | null;
    if (crashes) {
      // Written and never shown: the program dies in between.
      await this.close();
      await writeFile(join(this.folder, name), text);
      const writer = await openPapersWriter(this.folder);
      await writer.preview({ files: [{ path: join(this.folder, name), name }], format: null }, () => {});
      ({ change } = await writer.confirm(() => {}));
      await writer.close();
      await this.open();
    } else ({ change } = await importText(this.library, text, name));
    if (change === null) return;
    const source = { works: new Set(records.map(({ work }) => work)), isIn: true };
    this.model.sources.push(source);
    this.model.changes.push({ kind: 'import', id: change, source });
  }

  async write(work: number, written: Written): Promise<void> {
    const { model, library } = this;
    const id = await this.idOf(work);
    if (id === null) return;
    const { tags } = await library.handlers['paper.get']({ id, query: '' });
    const change = { status: written.status, removeTags: tags, addTags: written.tags };
    await library.handlers['papers.mark']({ selection: { ids: [id] }, change });
    await library.handlers['note.set']({ id, text: written.note });
    for (const each of model.together(work)) model.written[each] = written;
    if (model.merge?.works.includes(work)) model.merge.edited = true;
  }

  async merge(work: number, other: number): Promise<void> {
    const { model } = this;
    if (model.merge || work === other) return;
    const [id, otherId] = [await this.idOf(work), await this.idOf(other)];
    if (id === null || otherId === null) return;
    const before: [Written, Written] = [model.written[work] ?? untouched, model.written[other] ?? untouched];
    const { change } = await this.library.handlers['papers.merge']({ ids: [id, otherId] });
    model.merge = { works: [work, other], before, edited: false, change, wasGone: false };
    const paper = [...(await this.papers()).values()].find(({ aliases, id: own }) => [own, ...aliases].includes(id));
    // All that was said of either is there.
    for (const { note, tags } of before) {
      expect(paper?.note).toContain(note);
      expect(paper?.tags).toEqual(expect.arrayContaining(tags));
    }
    if (paper) for (const each of [work, other]) model.written[each] = said(paper);
  }

  async unmerge(): Promise<void> {
    if (!this.model.merge) return;
    await this.library.handlers['changes.undo']({ id: this.model.merge.change });
    this.takeApart(await this.papers());
  }

  /** The two that were one are shown apart: each with what was said of it before, or of both since. */
  takeApart(papers: ReadonlyMap<number, Paper>): void {
    const { model } = this;
    if (!model.merge) return;
    const { works: pair, before, edited, wasGone } = model.merge;
    const together = model.written[pair[0]] ?? untouched;
    model.merge = null;
    const now = pair.map((work) => papers.get(work));
    for (const [at, paper] of now.entries()) {
      const work = pair[at] ?? 0;
      // One that comes back as another paper has nothing said of it yet.
      const allowed = [
        before[at] ?? untouched,
        ...(edited || wasGone ? [together] : []),
        ...(wasGone ? [untouched] : []),
      ];
      if (paper) expect(allowed).toContainEqual(said(paper));
      model.written[work] = paper ? said(paper) : (before[at] ?? untouched);
    }
    // What was written while they were one belongs to one of them at least.
    const isTouched = JSON.stringify(together) !== JSON.stringify(untouched);
    if ((edited || wasGone) && isTouched)
      expect(now.flatMap((paper) => (paper ? [said(paper)] : []))).toContainEqual(together);
  }

  async remove(which: number): Promise<void> {
    const { model, library } = this;
    const { sources } = await library.handlers['library.state']({});
    const living = model.sources.filter(({ isIn }) => isIn);
    const at = which % Math.max(1, living.length);
    const [source, shown] = [living[at], sources.toSorted((a, b) => a.id - b.id)[at]];
    if (!source || !shown) return;
    const { change } = await library.handlers['sources.remove']({ source: shown.id });
    model.takeOut(source);
    model.changes.push({ kind: 'remove', id: change, source });
  }

  async undo(which: number | null): Promise<void> {
    const { model, library } = this;
    const able = model.changes.filter(({ kind, source }) => source.isIn === (kind === 'import'));
    const change = which === null ? null : able[which % Math.max(1, able.length)];
    if (change === undefined) return;
    const id = change?.id ?? null;
    const stands = (await library.handlers['changes.list']({ limit: 100 })).changes.find(
      (each) => !each.undone && (id === null || each.id === id),
    );
    // A source that was removed and is gone for good cannot be taken back a second time.
    if (!stands || stands.kind === 'merge') return;
    const found = model.changes.find((each) => each.id === stands.id);
    if (!found || !able.includes(found)) return;
    await library.handlers['changes.undo']({ id: stands.id });
    if (found.kind === 'import') model.takeOut(found.source);
    else found.source.isIn = true;
  }

  /** Everything that the reader can see. */
  async everything() {
    const { handlers } = this.library;
    const { counts, sources, tags, undo } = await handlers['library.state']({});
    const { changes } = await handlers['changes.list']({ limit: 100 });
    const { rows } = await list(this.library);
    const papers = await Promise.all(rows.map(({ id }) => handlers['paper.get']({ id, query: '' })));
    return { counts, sources, tags, undo, changes, rows, papers };
  }

  async backAndForth(steps: number, reopens: boolean): Promise<void> {
    const passed: unknown[] = [];
    while (passed.length < steps) {
      const before = await this.everything();
      // What cannot be taken back any more is forgotten, and the step before it comes next.
      const done = await this.library.handlers['history.undo']({}).catch(() => ({ done: undefined }));
      if (done.done === null) break;
      if (done.done !== undefined) passed.push(before);
    }
    while (passed.length > 0) {
      if (reopens) {
        await this.close();
        await this.open();
      }
      await this.library.handlers['history.redo']({});
      expect(await this.everything()).toEqual(passed.pop());
    }
  }

  async expectAgreement(): Promise<void> {
    const { model, library } = this;
    const papers = await this.papers();
    if (model.merge?.wasGone && model.merge.works.every((work) => papers.has(work))) {
      this.takeApart(papers);
      // Whether they become one again depends on ids, which the model does not know.
      this.isOver = true;
    }
    for (const [work, { title }] of works.entries()) {
      const together = model.together(work);
      const paper = together.flatMap((each) => papers.get(each) ?? [])[0];
      if (together.some((each) => model.isHeld(each))) expect(paper, `${title} is missing`).toBeDefined();
      if (paper && together.every((each) => !model.isHeld(each) && !model.mayStay.has(each))) {
        expect(paper.title, 'nobody holds it').toBeUndefined();
      }
      const isKept = together.some((each) => model.isTouched(each) && model.mayStay.has(each));
      if (isKept) expect(paper, `${title} was touched, and is gone`).toBeDefined();
      if (paper) expect([title, said(paper)]).toEqual([title, model.written[work]]);
    }
    const { rows } = await list(library);
    const { counts, sources } = await library.handlers['library.state']({});
    expect(counts).toMatchObject({
      all: rows.length,
      inbox: rows.filter(({ status }) => status === 'unread').length,
      notes: rows.filter(({ hasNote }) => hasNote).length,
    });
    const living = model.sources.filter(({ isIn }) => isIn);
    const held = living.map(({ works: of }) => new Set([...of].map((each) => Math.min(...model.together(each)))).size);
    expect(sources.map(({ count }) => count).toSorted()).toEqual(held.toSorted());
  }

  async step(step: Step, at: number): Promise<void> {
    switch (step.kind) {
      case 'import':
      case 'crash':
        return this.import(textOf(step.records), step.records, step.kind === 'crash');
      case 'importAgain': {
        const text = this.#files[step.which % Math.max(1, this.#files.length)];
        if (text === undefined) return;
        const titles = text
          .trimEnd()
          .split('\n')
          .map((line) => String(JSON.parse(line).title));
        const records = titles.map((title) => ({ work: works.findIndex((each) => each.title === title) }));
        return this.import(text, records, false);
      }
      case 'write':
        return this.write(step.work, {
          status: (['queued', 'reading', 'read', 'skipped'] as const)[at % 4] ?? 'read',
          tags: [`tag ${at}`],
          note: `note ${at}`,
        });
      case 'wipe':
        return this.write(step.work, untouched);
      case 'remove':
        return this.remove(step.which);
      case 'undo':
        return this.undo(step.which);
      case 'undoLast':
        return this.undo(null);
      case 'merge':
        return this.merge(step.work, step.other);
      case 'unmerge':
        return this.unmerge();
      case 'backAndForth':
        return this.backAndForth(step.steps, step.reopens);
      case 'reopen':
        await this.close();
        return this.open();
    }
  }
}

type Step = typeof action extends fc.Arbitrary<infer T> ? T : never;

/** The removal that is redone left a source behind then, which has gone since: nothing more may stay of it now. */
const ofTheLastSourceToGo: Step[] = [
  { kind: 'write', work: 0 },
  { kind: 'import', records: [{ work: 0, form: 'full' }] },
  { kind: 'remove', which: 1 },
  { kind: 'write', work: 0 },
  { kind: 'undo', which: 0 },
  { kind: 'backAndForth', steps: 3, reopens: false },
];

test('whatever comes in, goes, is made one and apart again, the reader finds what they last wrote', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 8, maxLength: 20 }), async (steps) => {
      const run = new Run(await mkdtemp(join(tmpdir(), 'offprint-changes-')));
      try {
        await run.open();
        await run.import(
          textOf([0, 1, 2].map((work) => ({ work, form: 'bare' }))),
          [{ work: 0 }, { work: 1 }, { work: 2 }],
          false,
        );
        for (const [at, step] of steps.entries()) {
          await run.step(step, at);
          await run.expectAgreement();
          if (run.isOver) break;
        }
      } finally {
        await run.close();
        await rm(run.folder, { recursive: true, force: true });
      }
    }),
    { numRuns: Number(process.env['RUNS'] ?? 5), examples: [[ofTheLastSourceToGo]] },
  );
}, 240_000);
