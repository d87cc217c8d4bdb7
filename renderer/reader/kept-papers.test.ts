import { beforeEach, describe, expect, test } from 'vitest';
import { OffprintError } from '../../shared/outcome.ts';
import { KeptPapers } from './kept-papers.ts';
import { NoteSaver } from './note-saver.ts';
import { aPaper, slowLibrary } from './testing.ts';

const now = { query: '', revision: 1 };
let library: ReturnType<typeof slowLibrary>;
let saver: NoteSaver;
let papers: KeptPapers;

beforeEach(() => {
  library = slowLibrary();
  saver = new NoteSaver({ save: async () => null, later: () => () => {} });
  papers = new KeptPapers(library.client, saver);
});

const asked = () => library.open.map(({ input }) => (input as { id: string }).id);

async function load(id: string, asking = now, title = 'A title') {
  const loading = papers.ask(id, asking);
  library.next('paper.get').answer(aPaper({ id, title, addedAt: 0 }));
  return loading;
}

describe('a paper that was asked for', () => {
  test('is here for the same query and revision only', async () => {
    const loaded = await load('a');
    expect(papers.kept('a', now)).toBe(loaded);
    expect(papers.kept('b', now)).toBeNull();
    expect(papers.kept('a', { ...now, revision: 2 })).toBeNull();
    expect(papers.kept('a', { ...now, query: 'x' })).toBeNull();
    await load('b', { ...now, revision: 2 });
    expect(papers.kept('a', { ...now, revision: 2 })).toBeNull();
  });

  test('is asked for once at a time', async () => {
    const both = [papers.ask('a', now), papers.ask('a', now)];
    expect(asked()).toEqual(['a']);
    library.next('paper.get').answer(aPaper({ id: 'a' }));
    const [one, other] = await Promise.all(both);
    expect(one).toBe(other);
  });

  test('stays the same object while it says the same', async () => {
    const first = await load('a');
    expect(await load('a')).toBe(first);
    const changed = await load('a', now, 'Another title');
    expect(changed.paper.title).toBe('Another title');
    expect(papers.kept('a', now)).toBe(changed);
  });

  test('tells whether it was asked for after a note was saved, even where it says the same', async () => {
    const first = await load('a');
    saver.edit('a', 'typed', '');
    saver.settle('a');
    await saver.flush();
    const again = await load('a');
    expect(again.paper).toBe(first.paper);
    expect([first.stamp, again.stamp]).toEqual([0, 1]);
  });

  test('does not come in when the library has changed meanwhile', async () => {
    const early = papers.ask('a', now);
    const before = library.next('paper.get');
    const late = papers.ask('a', { ...now, revision: 2 });
    library.next('paper.get').answer(aPaper({ id: 'a', title: 'New' }));
    await late;
    before.answer(aPaper({ id: 'a', title: 'Old' }));
    expect((await early).paper.title).toBe('Old');
    expect(papers.kept('a', { ...now, revision: 2 })?.paper.title).toBe('New');
  });

  test('goes when many others have been asked for since', async () => {
    for (let at = 0; at < 100; at += 1) await load(`p${at}`);
    await load('p0');
    await load('p100');
    expect([papers.kept('p0', now), papers.kept('p100', now)]).not.toContain(null);
    expect(papers.kept('p1', now)).toBeNull();
  });
});

test('those ahead are asked for where they are not here, and again after a failure', async () => {
  await load('a');
  papers.askAhead(['a', 'b', 'c'], now);
  expect(asked()).toEqual(['b', 'c']);
  library.next('paper.get').fail(new OffprintError('unreadable', 'No.'));
  library.next('paper.get').answer(aPaper({ id: 'c' }));
  await papers.ask('c', now).catch(() => {});
  expect(papers.kept('b', now)).toBeNull();
  papers.askAhead(['b', 'c'], now);
  expect(asked()).toEqual(['b']);
});
