import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Client } from '../../shared/client.ts';
import type { LibraryState } from '../../shared/contract.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { settingsSchema } from '../../shared/settings.ts';
import type { SavedView } from '../../shared/views.ts';
import { columnsNow, sortNow } from './arrangement.ts';
import { Session } from './session.ts';
import { aLibrary, anOpenList } from './testing.ts';

const byTitle = [{ field: 'title', desc: false } as const];
const byVotes = [{ field: 'votes', desc: true } as const];

const aView = (name: string, fields: Partial<SavedView> = {}): SavedView => ({
  ...{ id: `view:${name.toLowerCase()}`, name, icon: 'search', query: 'weak', sort: null, columns: null },
  ...fields,
});

/** A library that keeps views and tags as the real one does, as far as a window can tell. */
class FakeLibrary {
  state: LibraryState = aLibrary();
  calls: { name: string; input: unknown }[] = [];
  failing: string | null = null;
  #listener: (payload: { state: LibraryState; rows: boolean }) => void = () => {};

  readonly client: Client = {
    call: async (name, input) => {
      this.calls.push({ name, input });
      if (name === this.failing) throw new OffprintError('unreadable', 'The disk is full.');
      return (this.#answers[name]?.(input as never) ?? {}) as never;
    },
    on: (event, listener) => {
      if (event === 'library.changed') this.#listener = listener as never;
      return () => {};
    },
  };

  readonly #answers: Record<string, (input: never) => unknown> = {
    'library.state': () => this.state,
    'list.open': () => anOpenList(3),
    'views.save': (view: SavedView & { id: string | null }) => {
      const saved = { ...view, id: view.id ?? `view:new${this.state.views.length}` };
      const others = this.state.views.filter(({ id }) => id !== saved.id);
      this.change({ views: [...others, { ...saved, count: null }] });
      return saved;
    },
    'views.remove': ({ id }: { id: string }) =>
      this.change({ views: this.state.views.filter((view) => view.id !== id) }),
    'history.undo': () => ({ done: 'Renamed a tag' }),
    'history.redo': () => ({ done: 'Renamed a tag' }),
    'tags.rename': () => ({ changed: 2, label: 'Renamed a tag' }),
    'tags.remove': () => ({ changed: 2, label: 'Removed a tag' }),
  };

  change(fields: Partial<LibraryState>): Record<string, never> {
    this.state = { ...this.state, ...fields, version: this.state.version + 1 };
    return {};
  }

  tell(rows = false): void {
    this.#listener({ state: this.state, rows });
  }

  of(name: string): unknown[] {
    return this.calls.filter((call) => call.name === name).map(({ input }) => input);
  }
}

let library: FakeLibrary;
let session: Session;

async function start(views: SavedView[], fields: Partial<LibraryState> = {}): Promise<void> {
  library.change({ views: views.map((view) => ({ ...view, count: 3 })), ...fields });
  await session.start();
}

const shown = () => session.store.get().settings.view;
const state = () => session.store.get();
const opened = () => library.of('list.open').at(-1);

beforeEach(() => {
  library = new FakeLibrary();
  session = new Session(library.client);
  session.listen();
});

describe('a saved view', () => {
  const own = aView('Own', { sort: byTitle, columns: ['title', 'votes'] });

  it('opens with its order and columns, and leaves the list its own', async () => {
    await start([own], { settings: settingsSchema.parse({ sort: byVotes }) });
    session.goTo(own.id);
    expect([sortNow(state()), columnsNow(state())]).toEqual([byTitle, ['title', 'votes']]);
    expect(state().settings.sort).toEqual(byVotes);
    session.goTo('all');
    expect(sortNow(state())).toEqual(byVotes);
    expect(columnsNow(state())).toEqual(settingsSchema.parse({}).columns.order);
  });

  it('is there after a restart, and the Inbox where it is not', async () => {
    await start([own], { settings: settingsSchema.parse({ view: own.id }) });
    expect(opened()).toMatchObject({ view: own.id, sort: byTitle });
    library = new FakeLibrary();
    session = new Session(library.client);
    await start([], { settings: settingsSchema.parse({ view: own.id }) });
    expect(opened()).toMatchObject({ view: 'inbox' });
  });

  it('is not changed by sorting until it is updated', async () => {
    await start([own]);
    session.goTo(own.id);
    expect(session.views.isRearranged).toBe(false);
    session.sort(byVotes);
    session.showColumns(['title'], { title: 300 });
    expect(session.views.isRearranged).toBe(true);
    expect(state().settings).toMatchObject({ sort: [], columns: { widths: { title: 300 } } });
    await session.views.update();
    expect(library.of('views.save')).toEqual([{ ...own, sort: byVotes, columns: ['title'] }]);
    expect(session.views.isRearranged).toBe(false);
  });

  it('has its order again when it is opened again', async () => {
    await start([own]);
    session.goTo(own.id);
    session.sort(byVotes);
    session.goTo(own.id);
    expect(sortNow(state())).toEqual(byTitle);
  });

  it("without an order of its own takes the list's, which sorting changes", async () => {
    const plain = aView('Plain');
    await start([plain]);
    session.goTo(plain.id);
    session.sort(byVotes);
    expect(state().settings.sort).toEqual(byVotes);
    expect(session.views.isRearranged).toBe(false);
  });

  it('is asked anew when it has got another query', async () => {
    await start([own]);
    session.goTo(own.id);
    await vi.waitFor(() => expect(state().list.shown?.view).toBe(own.id));
    const before = library.of('list.open').length;
    library.change({ views: [{ ...own, query: 'strong', count: 3 }] });
    library.tell();
    await vi.waitFor(() => expect(library.of('list.open').slice(before)).toMatchObject([{ view: own.id }]));
  });

  it('that is removed elsewhere leaves the reader in the Inbox', async () => {
    await start([own]);
    session.goTo(own.id);
    library.change({ views: [] });
    library.tell();
    expect(shown()).toBe('inbox');
  });
});

describe('saving what is shown', () => {
  it('joins the view with the search, and offers the order of the list', async () => {
    await start([], { settings: settingsSchema.parse({ sort: byVotes }) });
    session.search('weak OR strong');
    session.views.compose();
    expect(state().dialog).toMatchObject({
      kind: 'saveView',
      draft: {
        existing: null,
        query: 'status:unread (weak OR strong',
        name: 'Unread, weak or strong',
        sort: byVotes,
        keepSort: true,
        keepColumns: false,
      },
    });
  });

  it('shows the new view, with Undo', async () => {
    await start([]);
    session.search('weak');
    expect(await session.views.save({ ...aView('Weak'), id: null })).toBeNull();
    expect([shown(), state().query]).toEqual(['view:new0', '']);
    expect(state().toasts).toMatchObject([{ message: 'Saved the view “Weak”', action: { label: 'Undo' } }]);
  });

  it('in a saved view changes it, or with a search in it makes another', async () => {
    const one = aView('One', { icon: 'flask', sort: byTitle });
    await start([one]);
    session.goTo(one.id);
    session.sort(byVotes);
    session.views.compose();
    expect(state().dialog).toMatchObject({
      draft: { existing: one, isNew: false, name: 'One', icon: 'flask', query: 'weak', sort: byVotes, keepSort: true },
    });
    session.search('tool ');
    session.views.compose();
    expect(state().dialog).toMatchObject({ draft: { existing: one, isNew: true, query: 'weak tool ' } });
  });

  it('says why it could not be done', async () => {
    await start([]);
    library.failing = 'views.save';
    expect(await session.views.save({ ...aView('Weak'), id: null })).toBe('The disk is full.');
    expect(shown()).toBe('inbox');
  });

  it('changes a view that is not shown without going there', async () => {
    const other = aView('Other', { sort: byTitle });
    await start([other]);
    session.views.edit(other.id);
    expect(state().dialog).toMatchObject({ draft: { existing: other, isNew: false, sort: byTitle, keepSort: true } });
    await session.views.save({ ...other, name: 'Another' });
    expect(shown()).toBe('inbox');
  });
});

describe('the order of saved views', () => {
  const [a, b, c] = [aView('Aaaa'), aView('Bbbb'), aView('Cccc')];
  const names = () => session.views.all.map(({ name }) => name);

  it('changes at once, and is told', async () => {
    await start([a, b, c]);
    const moving = session.views.move(c.id, 0);
    expect(names()).toEqual(['Cccc', 'Aaaa', 'Bbbb']);
    expect(state().announcement).toBe('Cccc is now 1 of 3');
    await moving;
    expect(library.of('views.order')).toEqual([{ ids: [c.id, a.id, b.id] }]);
    await session.views.move(c.id, -1);
    expect(state().announcement).toBe('Cccc is 1 of 3 already');
    expect(library.of('views.order')).toHaveLength(1);
  });

  it('is as it was where the library refuses', async () => {
    await start([a, b, c]);
    library.failing = 'views.order';
    await session.views.move(a.id, 2);
    expect(names()).toEqual(['Aaaa', 'Bbbb', 'Cccc']);
    expect(state().toasts).toMatchObject([{ kind: 'error', message: 'The disk is full.' }]);
  });

  it('closes up when one is removed, with Undo', async () => {
    await start([a, b]);
    session.goTo(a.id);
    await session.views.remove(a.id);
    expect([names(), shown()]).toEqual([['Bbbb'], 'inbox']);
    expect(state().toasts).toMatchObject([{ message: 'Removed the view “Aaaa”', action: { label: 'Undo' } }]);
  });
});

describe('tags', () => {
  const tag = (name: string) => ({ name, count: 1, total: 1, colour: null });
  const tags = ['ml', 'ml/vision', 'other'].map(tag);
  const folded = () => state().settings.foldedTags;

  it('are unfolded to show one that is nested', async () => {
    await start([], { tags });
    session.tags.fold('ml', true);
    session.tags.fold('other', true);
    session.tags.show('ml/vision');
    expect([shown(), folded()]).toEqual(['tag:ml/vision', ['other']]);
  });

  it('that get another name are still looked at, and still folded', async () => {
    await start([], { tags });
    session.tags.fold('ml', true);
    session.goTo('tag:ml/vision');
    expect(await session.tags.rename('ml', 'ai')).toEqual({ done: 'Renamed a tag' });
    expect([shown(), folded()]).toEqual(['tag:ai/vision', ['ai']]);
    expect(state().toasts).toMatchObject([{ message: 'Renamed a tag', action: { label: 'Undo' } }]);
  });

  it('that get their name back by Undo, and the other by Redo, are still looked at', async () => {
    await start([], { tags });
    session.goTo('tag:ml/vision');
    await session.tags.rename('ml', 'ai');
    library.change({ tags: [tag('ai'), tag('ai/vision')] });
    await session.undo();
    expect(shown()).toBe('tag:ai/vision');
    library.change({ tags });
    await session.undo();
    expect(shown()).toBe('tag:ml/vision');
    library.change({ tags: [tag('ai'), tag('ai/vision')] });
    await session.redo();
    expect(shown()).toBe('tag:ai/vision');
  });

  it('that go leave all papers to be looked at', async () => {
    await start([], { tags });
    session.goTo('tag:ml/vision');
    await session.tags.remove('ml');
    expect(shown()).toBe('all');
    library.failing = 'tags.rename';
    expect(await session.tags.rename('other', 'x')).toEqual({ problem: 'The disk is full.' });
    expect(shown()).toBe('all');
  });
});
