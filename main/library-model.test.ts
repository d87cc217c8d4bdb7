import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MarkChange } from '../shared/contract.ts';
import { type Status, statuses } from '../shared/paper.ts';
import { builtInViews } from '../shared/views.ts';
import { captureOf } from './capture-testing.ts';
import { type Library, openLibrary } from './library.ts';
import { importText } from './library-testing.ts';

// The library held against a model that is as plain as can be: arrays, looked through at every question.

interface ModelPaper {
  title: string;
  sources: string[];
  status: Status;
  starred: boolean;
  tags: string[];
  /** Those of the tags that the note has given. */
  noteTags: string[];
  note: string;
  /** Whether an import has brought an arXiv id for it. */
  hasIdentifier: boolean;
}
type Marked = Pick<ModelPaper, 'status' | 'starred' | 'tags' | 'noteTags'>;
type Noted = Pick<ModelPaper, 'note' | 'tags' | 'noteTags'>;
type Step =
  | { kind: 'marks'; changes: { paper: ModelPaper; before: Marked; after: Marked }[] }
  | { kind: 'note'; paper: ModelPaper; before: Noted; after: Noted }
  | { kind: 'import' };

class Model {
  /** In page order: the newest import first. */
  papers: ModelPaper[] = [];
  sources: { name: string; text: string; count: number }[] = [];
  undo: Step[] = [];
  redo: Step[] = [];
  /** The note written last, which goes on as one step until something else is done. */
  typing: Step | null = null;

  /** A file that holds these papers, one of each. What was imported before, to the letter, is no source again. */
  import(name: string, text: string, titles: readonly string[]): void {
    if (this.sources.some((source) => source.text === text)) return;
    const fresh: ModelPaper[] = [];
    for (const title of titles) {
      let paper = this.papers.find((known) => known.title === title);
      if (!paper) {
        paper = {
          ...{ title, sources: [], status: 'unread', starred: false, tags: [], noteTags: [] },
          ...{ note: '', hasIdentifier: false },
        };
        fresh.push(paper);
      }
      paper.sources.unshift(name);
    }
    this.papers = [...fresh, ...this.papers];
    this.sources.unshift({ name, text, count: titles.length });
    this.#did({ kind: 'import' });
  }

  #did(step: Step): void {
    this.undo.push(step);
    this.redo = [];
  }

  note(title: string, text: string): void {
    const paper = this.papers.find((known) => known.title === title);
    if (!paper || paper.note === text) return;
    const last = this.undo.at(-1);
    const { note: before, tags, noteTags } = paper;
    const gone = noteTags.filter((tag) => hashed(before).includes(tag) && !hashed(text).includes(tag));
    const come = hashed(text).filter((tag) => !hashed(before).includes(tag) && !tags.includes(tag));
    const moved = (list: string[]) => [...list.filter((tag) => !gone.includes(tag)), ...come];
    // A note that is gone gives nothing.
    const after: Noted = { note: text, tags: moved(tags), noteTags: text === '' ? [] : moved(noteTags) };
    if (last?.kind === 'note' && last === this.typing && last.paper === paper && this.redo.length === 0)
      last.after = after;
    else {
      this.typing = { kind: 'note', paper, before: { note: before, tags, noteTags }, after };
      this.#did(this.typing);
    }
    Object.assign(paper, after);
  }

  mark(titles: readonly string[], change: MarkChange): void {
    const changes: Extract<Step, { kind: 'marks' }>['changes'] = [];
    for (const paper of this.papers.filter(({ title }) => titles.includes(title))) {
      const { status, starred, tags, noteTags } = paper;
      const kept = tags.filter((tag) => !change.removeTags?.includes(tag));
      const tagsAfter = [...kept, ...(change.addTags ?? []).filter((tag) => !kept.includes(tag))];
      const after = {
        status: change.status ?? status,
        starred: change.starred ?? starred,
        tags: tagsAfter,
        noteTags: noteTags.filter((tag) => tagsAfter.includes(tag)),
      };
      if (JSON.stringify(after) === JSON.stringify({ status, starred, tags, noteTags })) continue;
      changes.push({ paper, before: { status, starred, tags, noteTags }, after });
      Object.assign(paper, after);
    }
    if (changes.length > 0) this.#did({ kind: 'marks', changes });
  }

  turn(back: boolean): void {
    const step = (back ? this.undo : this.redo).pop();
    if (!step) return;
    if (step.kind === 'note') Object.assign(step.paper, back ? step.before : step.after);
    else if (step.kind === 'marks') {
      for (const { paper, before, after } of step.changes) Object.assign(paper, back ? before : after);
    }
    (back ? this.redo : this.undo).push(step);
  }

  titlesOf(view: string): string[] {
    const holds = (paper: ModelPaper): boolean => {
      if (view === 'all') return true;
      if (view === 'inbox') return paper.status === 'unread';
      if (view === 'starred') return paper.starred;
      if (view === 'notes') return paper.note !== '';
      return paper.status === view;
    };
    return this.papers.filter(holds).map(({ title }) => title);
  }
}

/** The tags in a note, as plainly as can be: the notes here have no code and no addresses. */
function hashed(note: string): string[] {
  return [...new Set([...note.matchAll(/(?<=^|\s)#([\p{L}/]+)/gu)].map(([, tag = '']) => tag))];
}

async function listed(library: Library, view: string, query = '') {
  return library.handlers['list.open']({ view, query, sort: [], limit: 500 });
}

async function expectAgreement(library: Library, model: Model): Promise<void> {
  const state = await library.handlers['library.state']({});
  const counts = Object.fromEntries(builtInViews.map(({ id }) => [id, model.titlesOf(id).length]));
  expect(state.counts).toEqual(counts);
  const tags = [...new Set(model.papers.flatMap((paper) => paper.tags))];
  const tagged = (tag: string) => model.papers.filter((paper) => paper.tags.includes(tag)).map(({ title }) => title);
  // A tag that only others are nested in is there without papers of its own.
  const used = state.tags.filter(({ count }) => count > 0);
  expect(new Map(used.map(({ name, count }) => [name, count]))).toEqual(
    new Map(tags.map((tag) => [tag, tagged(tag).length])),
  );
  expect(state.sources.map(({ name, count }) => [name, count])).toEqual(
    model.sources.map(({ name, count }) => [name, count]),
  );
  expect([state.undo !== null, state.redo !== null]).toEqual([model.undo.length > 0, model.redo.length > 0]);
  const titles = async (view: string) => (await listed(library, view)).rows.map(({ title }) => title);
  for (const { id } of builtInViews) expect([id, await titles(id)]).toEqual([id, model.titlesOf(id)]);
  // The view of a tag does not tell capitals from small letters.
  const alike = (tag: string) =>
    model.papers
      .filter((paper) => paper.tags.some((other) => other.toLowerCase() === tag.toLowerCase()))
      .map(({ title }) => title);
  for (const tag of tags) expect([tag, await titles(`tag:${tag}`)]).toEqual([tag, alike(tag)]);
  for (const { id, name } of state.sources) {
    const held = model.papers.filter(({ sources }) => sources.includes(name)).map(({ title }) => title);
    expect(await titles(`source:${id}`)).toEqual(held);
  }
  const { rows } = await listed(library, 'all');
  expect(
    rows.map(({ status, starred, tags, hasNote, sources }) => ({ status, starred, tags, hasNote, sources })),
  ).toEqual(
    model.papers.map(({ status, starred, tags, note, sources }) => ({
      status,
      starred,
      tags,
      hasNote: note !== '',
      sources,
    })),
  );
  const papers = await Promise.all(rows.map(({ id }) => library.handlers['paper.get']({ id, query: '' })));
  expect(papers.map(({ note }) => note)).toEqual(model.papers.map(({ note }) => note));
}

const pool = ['Ash', 'Beech', 'Cedar', 'Dogwood', 'Elm', 'Fir', 'Gorse'].map((tree) => `${tree} of the Woods`);
const someTitles = fc.uniqueArray(fc.constantFrom(...pool), { minLength: 1, maxLength: 4 });
const tag = fc.constantFrom('a', 'A', 'b/c', 'é', '“quoted”', "it's");
const change: fc.Arbitrary<MarkChange> = fc.record(
  {
    status: fc.constantFrom(...statuses),
    starred: fc.boolean(),
    addTags: fc.uniqueArray(tag, { maxLength: 2 }),
    removeTags: fc.uniqueArray(tag, { maxLength: 2 }),
  },
  { requiredKeys: [] },
);
const tagInNote = fc.constantFrom('#a', '#A', '#b/c', '#é', '#ab', 'a', '\n');
const note = fc.oneof(
  { weight: 3, arbitrary: fc.array(tagInNote, { maxLength: 4 }).map((words) => words.join(' ')) },
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', '\ud800', '\udc00\ud800', '\0', 'a\0b', '\u2028\r\n', 'same', '\ufeff'),
);
const action = fc.oneof(
  fc.record({ kind: fc.constant('import' as const), titles: someTitles }),
  fc.record({ kind: fc.constant('mark' as const), titles: someTitles, change }),
  fc.record({ kind: fc.constant('markView' as const), view: fc.constantFrom('all', 'inbox', 'read'), change }),
  fc.record({ kind: fc.constant('note' as const), title: fc.constantFrom(...pool), text: note }),
  fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const, 'reopen' as const) }),
  fc.record({ kind: fc.constant('rename' as const), title: fc.constantFrom(...pool), typed: fc.boolean() }),
);

test('after any imports, marks, notes, undos and better ids, everything shown is what a plain model says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 6, maxLength: 14 }), async (actions) => {
      const folder = await mkdtemp(join(tmpdir(), 'offprint-model-'));
      const open = () => openLibrary({ dataFolder: folder, bundledCapture: null, appVersion: '1' });
      let library = await open();
      const model = new Model();
      const take = async (name: string, titles: readonly string[]) => {
        const text = captureOf(...titles);
        model.import(name, text, titles);
        await importText(library, text, name);
      };
      const idsOf = async (titles: readonly string[]) =>
        (await listed(library, 'all')).rows.filter(({ title }) => titles.includes(title)).map(({ id }) => id);
      try {
        await take('first.txt', pool.slice(0, 4));
        for (const [at, step] of actions.entries()) {
          if (step.kind === 'import') await take(`${at}.txt`, step.titles);
          if (step.kind === 'mark') {
            model.mark(step.titles, step.change);
            const selection = { ids: await idsOf(step.titles) };
            await library.handlers['papers.mark']({ selection, change: step.change });
          }
          if (step.kind === 'markView') {
            const { result, total } = await listed(library, step.view);
            model.mark(model.titlesOf(step.view), step.change);
            const selection = { result, ranges: [[0, total + 1] as [number, number]] };
            await library.handlers['papers.mark']({ selection, change: step.change });
          }
          if (step.kind === 'note') {
            const [id] = await idsOf([step.title]);
            model.note(step.title, step.text);
            if (id !== undefined) await library.handlers['note.set']({ id, text: step.text });
          }
          if (step.kind === 'undo' || step.kind === 'redo') {
            // Undoing imports has a test of its own.
            if (step.kind === 'undo' && model.undo.at(-1)?.kind === 'import') continue;
            model.turn(step.kind === 'undo');
            await library.handlers[`history.${step.kind}`]({});
          }
          if (step.kind === 'reopen') {
            await library.close();
            library = await open();
            model.typing = null;
          }
          if (step.kind === 'rename') {
            const paper = model.papers.find(({ title }) => title === step.title);
            const [id] = await idsOf([step.title]);
            if (!paper || id === undefined || paper.hasIdentifier) continue;
            paper.hasIdentifier = true;
            const better = `${JSON.stringify({ title: step.title, arxiv_id: `2301.0${at + 1000}` })}\n`;
            model.import(`${at}.jsonl`, better, [step.title]);
            const taken = importText(library, better, `${at}.jsonl`);
            // Typed while the paper is on its way to its better id.
            if (step.typed) {
              model.note(step.title, `typed at ${at}`);
              await library.handlers['note.set']({ id, text: paper.note });
            }
            await taken;
            // Either of the two may have come first.
            const { undo } = await library.handlers['library.state']({});
            if (step.typed && undo?.startsWith('Imported')) model.undo.push(...model.undo.splice(-2, 1));
          }
          await expectAgreement(library, model);
        }
      } finally {
        await library.close();
        await rm(folder, { recursive: true, force: true });
      }
    }),
    {
      numRuns: Number(process.env['RUNS'] ?? 6),
      // The same papers in another file, and the same file again.
      examples: [
        // Half a tag, one that the reader gave besides, one that the reader took away, and a merge of ids.
        [
          [
            { kind: 'note', title: 'Ash of the Woods', text: '#a #b/c' },
            { kind: 'note', title: 'Ash of the Woods', text: '#ab #b/c' },
            { kind: 'mark', titles: ['Ash of the Woods'], change: { addTags: ['a'], removeTags: ['b/c'] } },
            { kind: 'note', title: 'Ash of the Woods', text: '#a #b/c #é' },
            { kind: 'undo' },
            { kind: 'undo' },
            { kind: 'redo' },
            { kind: 'reopen' },
            { kind: 'rename', title: 'Ash of the Woods', typed: true },
            { kind: 'note', title: 'Ash of the Woods', text: '' },
            { kind: 'undo' },
          ],
        ],
        [
          [
            { kind: 'import', titles: ['Ash of the Woods'] },
            { kind: 'rename', title: 'Ash of the Woods', typed: false },
            { kind: 'import', titles: ['Ash of the Woods'] },
          ],
        ],
      ],
    },
  );
}, 240_000);
