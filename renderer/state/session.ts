import type { Client } from '../../shared/client.ts';
import type { CommandId } from '../../shared/commands.ts';
import type { LibraryState } from '../../shared/contract.ts';
import { failureOf } from '../../shared/outcome.ts';
import { parseQuery } from '../../shared/query/parse.ts';
import { printSortKeys } from '../../shared/query/sort-keys.ts';
import type { ColumnId, Sort } from '../../shared/settings.ts';
import { queryOfView } from '../../shared/views.ts';
import { noteSaverOf } from '../reader/note-saver-of.ts';
import { withoutSort } from '../search/parts-of-text.ts';
import { Triage } from '../triage/triage.ts';
import { type AppState, initialState, type OpenDialog } from './app-state.ts';
import { noArrangement, sortNow } from './arrangement.ts';
import { BackingUp, isBackup } from './backing-up.ts';
import { Drafts } from './drafts.ts';
import type { Dropped } from './dropped-files.ts';
import { PaperDuplicates } from './duplicates.ts';
import { Importing } from './importing.ts';
import { Keeping } from './keeping.ts';
import { ListModel } from './list-model.ts';
import { NoteActions } from './note-actions.ts';
import { Opening } from './opening.ts';
import { PaperActions } from './paper-actions.ts';
import { PaperSources } from './paper-sources.ts';
import { Printing } from './printing.ts';
import { Program } from './program.ts';
import { withSameParts } from './same-parts.ts';
import { SavedViews } from './saved-views.ts';
import { SettingsKeeper } from './settings-keeper.ts';
import { makeStore, type Store } from './store.ts';
import type { TabMemory } from './tab-memory.ts';
import { TagActions } from './tag-actions.ts';
import { Toasts } from './toasts.ts';
import { namedView, viewExists } from './view-names.ts';
import { WayBack } from './way-back.ts';

/**
 * One window's work with its library: the state that the window shows and everything that can be
 * done to it. Components read the state and call these methods; nothing else talks to the client,
 * the reader pane apart.
 */
export class Session {
  readonly client: Client;
  readonly store: Store<AppState>;
  readonly toasts: Toasts;
  readonly settings: SettingsKeeper;
  readonly list: ListModel;
  readonly papers: PaperActions;
  readonly notes: NoteActions;
  readonly importing: Importing;
  readonly sources: PaperSources;
  readonly keeping: Keeping;
  readonly backingUp: BackingUp;
  readonly duplicates: PaperDuplicates;
  readonly views: SavedViews;
  readonly tags: TagActions;
  readonly triage: Triage;
  readonly program: Program;
  readonly printing: Printing;
  /** Null for a window that has no memory. */
  readonly drafts: Drafts | null;
  readonly opening: Opening;
  readonly wayBack: WayBack;
  /** Commands chosen from the palette, the last one first. */
  recent: readonly CommandId[] = [];
  readonly #memory: TabMemory | null;
  /** How often something was announced. */
  #told = 0;

  /** @param memory what this window showed before its page was loaded anew */
  constructor(client: Client, memory: TabMemory | null = null) {
    this.client = client;
    this.#memory = memory;
    this.store = makeStore(initialState());
    this.toasts = new Toasts(this.store);
    const fail = (error: unknown) => this.toasts.fail(error);
    this.settings = new SettingsKeeper(client, this.store, fail);
    this.list = new ListModel(client, this.store, fail);
    this.papers = new PaperActions(this);
    this.notes = new NoteActions(this);
    this.importing = new Importing(this);
    this.sources = new PaperSources(this);
    this.keeping = new Keeping(this);
    this.backingUp = new BackingUp(this);
    this.duplicates = new PaperDuplicates(this);
    this.views = new SavedViews(this);
    this.tags = new TagActions(this);
    this.triage = new Triage(this);
    this.program = new Program(this);
    this.printing = new Printing(this);
    this.drafts = memory && new Drafts(this, memory);
    this.opening = new Opening(this);
    this.wayBack = new WayBack(this);
  }

  /** Reads the library and opens the remembered view. Never rejects: a failure becomes the state. */
  async start(): Promise<void> {
    this.store.set({ phase: 'starting' });
    try {
      const library = await this.client.call('library.state', {});
      this.#take(library);
      if (!viewExists(this.store.get().settings.view, library)) this.settings.change({ view: 'inbox' });
      const [before] = await Promise.all([this.#memory?.read(), this.drafts?.takeUp()]);
      if (before) this.store.set({ currentId: before.paper, query: before.query });
      this.#arrange();
      this.store.set({ phase: 'ready' });
      this.drafts?.tell();
      await this.#open();
      // Nothing of the first screen waits for it.
      await this.program.describe();
    } catch (error) {
      this.store.set({ phase: { failed: failureOf(error).message } });
    }
  }

  /** Keeps for a reload what is shown now. */
  remember(): void {
    const { currentId, query, phase } = this.store.get();
    if (phase === 'ready') this.#memory?.keep({ paper: currentId, query });
  }

  /** Listens to the library. Returns the function that stops listening. */
  listen(): () => void {
    const unlisten = [this.importing, this.keeping, this.backingUp, this.program, this.printing, this.drafts].map(
      (part) => part?.listen() ?? (() => {}),
    );
    const unlistenToChanges = this.client.on('library.changed', ({ state, rows }) => {
      const asked = this.views.current?.query;
      this.#take(state);
      if (rows) this.store.set({ revision: this.store.get().revision + 1 });
      if (this.#leaveLostView()) return;
      // The reader, or another window, has saved the view with another query.
      if (this.views.current?.query !== asked) void this.#open();
      else if (!rows) return;
      // The list lies under it, and is brought up to date when it comes to light again.
      if (this.triage.isOpen) this.triage.expire();
      // Where no row is, none can jump: what comes is shown.
      else if (this.store.get().list.total === 0) this.list.refresh();
      else this.list.reload();
    });
    return () => {
      for (const stop of unlisten) stop();
      unlistenToChanges();
    };
  }

  #take(state: LibraryState): void {
    const known = this.store.get().library;
    if (known && known.version > state.version) return;
    const library = withSameParts(known, state);
    const settings = this.settings.merged(library.settings);
    const { view, sort, panes } = this.store.get().settings;
    const notices = library.notices.filter((notice) => !known?.notices.includes(notice));
    // Each window has these for itself; what another one chose is for the next that opens.
    this.store.set({
      library,
      settings: known ? { ...settings, view, sort, panes } : settings,
    });
    if (notices.length > 0) this.announce(notices.join(' '));
  }

  /** Asks the library how things stand, without waiting for it to tell. */
  async readState(): Promise<void> {
    this.#take(await this.client.call('library.state', {}));
    this.#leaveLostView();
  }

  /** Leaves the view of a source or a query that is no longer there; answers whether it was so. */
  #leaveLostView(): boolean {
    const { library, settings } = this.store.get();
    const { view } = settings;
    const canBeLost = view.startsWith('source:') || view.startsWith('view:');
    if (!canBeLost || !library || viewExists(view, library)) return false;
    this.goTo(view.startsWith('source:') ? 'all' : 'inbox');
    return true;
  }

  /** Gives the list the order and the columns that the shown view was saved with. */
  #arrange(): void {
    const view = this.views.current;
    this.store.set({ arrangement: view ? { sort: view.sort, columns: view.columns } : noArrangement });
  }

  #open(): Promise<void> {
    const state = this.store.get();
    return this.list.open({ view: state.settings.view, query: state.query, sort: sortNow(state) });
  }

  /**
   * Goes to a view. The search text goes with the old one.
   * @param options.keepDrawer true while the reader goes through the views in the drawer
   */
  goTo(view: string, { keepDrawer = false } = {}): void {
    const { settings, query, drawer } = this.store.get();
    this.store.set({ drawer: keepDrawer && drawer, covering: false });
    if (settings.view === view && query === '' && !this.views.isRearranged) this.list.refresh();
    else this.enter(view);
  }

  /** Shows a view as it was saved, without a search, even if it is the one that is shown. */
  enter(view: string): void {
    this.settings.change({ view });
    this.#arrange();
    this.store.set({ query: '' });
    void this.#open();
  }

  /** Searches in the view, or with `view` in another one. */
  search(query: string, view?: string): void {
    if (view !== undefined && view !== this.store.get().settings.view) {
      this.settings.change({ view });
      this.#arrange();
    }
    this.store.set({ query });
    void this.#open();
  }

  /**
   * Sorts the list; an empty sort is relevance, else the page's own order. In a view that has an order of
   * its own, it is that which changes, until the view is left. What is written as `sort:` gives way.
   */
  sort(sort: Sort): void {
    const { arrangement, settings, library, query } = this.store.get();
    const written = withoutSort(query);
    const view = queryOfView(settings.view, library?.views) ?? '';
    if (parseQuery(view).sort !== null) {
      // Only what is written in the search goes before what is written in the view.
      this.search(`${written.trimEnd()} sort:${printSortKeys(sort)}`.trimStart());
      return;
    }
    this.store.set({ query: written });
    if (arrangement.sort === null) this.settings.change({ sort });
    else this.store.set({ arrangement: { ...arrangement, sort } });
    void this.#open();
  }

  /** Shows these columns; in a view that has columns of its own, until the view is left. */
  showColumns(order: readonly ColumnId[], widths = this.store.get().settings.columns.widths): void {
    const { arrangement, settings } = this.store.get();
    const own = arrangement.columns !== null;
    if (own) this.store.set({ arrangement: { ...arrangement, columns: order } });
    this.settings.change({ columns: { order: own ? settings.columns.order : [...order], widths } });
  }

  /** Shows the saved views in another order, before the library has it. */
  showViewsInOrder(ids: readonly string[]): void {
    const { library } = this.store.get();
    if (!library) return;
    const views = library.views.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
    this.store.set({ library: { ...library, views } });
  }

  /** True where nothing can be changed; the reader is told why. */
  isReadOnly(): boolean {
    const readOnly = this.store.get().library?.readOnly ?? null;
    if (readOnly !== null) this.toasts.show('error', readOnly, { topic: 'read-only' });
    return readOnly !== null;
  }

  /** See {@link isReadOnly}. */
  readonly mayWrite = (): boolean => !this.isReadOnly();

  /** Takes in files that were chosen or dropped: a backup to be restored, or what can be imported. */
  takeFiles({ files, passedOver }: Dropped): void {
    const backup = files.find(({ name }) => isBackup(name));
    if (!backup) void this.importing.begin(files, passedOver);
    else if (files.length === 1) void this.backingUp.begin(backup);
    else
      this.toasts.show('notice', 'A backup takes the place of everything: choose or drop it alone.', {
        topic: 'import',
      });
  }

  /** Opens a dialog, or closes the one that is open. */
  dialog(dialog: OpenDialog | null): void {
    this.store.set({ dialog });
  }

  /** Tells a screen reader something that has no toast of its own. */
  announce(announcement: string): void {
    this.#told += 1;
    this.store.set({ announcement });
  }

  /**
   * Tells it when the reader has paused, unless something else has been told until then, which is the news.
   * @param rest in milliseconds
   * @param words asked for when the time has come
   * @returns the function that calls it off
   */
  announceAfter(rest: number, words: () => string): () => void {
    const told = this.#told;
    const timer = setTimeout(() => {
      if (this.#told === told) this.announce(words());
    }, rest);
    return () => clearTimeout(timer);
  }

  /** Takes back an import, a removal or a merge, and says what it was. */
  async undoChange(change: number): Promise<void> {
    try {
      const { done } = await this.client.call('changes.undo', { id: change });
      this.toasts.show('done', done === null ? 'Nothing to undo' : `Undone: ${done}`, { topic: 'import' });
      this.list.refresh();
    } catch (error) {
      this.toasts.fail(error);
    }
  }

  /** Takes back the last change, and says what it was. */
  async undo(): Promise<void> {
    await this.#history('history.undo', 'Undone', 'Nothing to undo');
  }

  /** Does again what was taken back. */
  async redo(): Promise<void> {
    await this.#history('history.redo', 'Redone', 'Nothing to redo');
  }

  /** Refreshes a view that holds papers again which its list does not show. */
  async #showWhatCameBack(): Promise<void> {
    this.#take(await this.client.call('library.state', {}));
    const { library, list } = this.store.get();
    if (!library || !list.shown || list.shown.query.trim() !== '') return;
    const view = namedView(list.shown.view, library);
    if (view && view.count !== null && list.complete && view.count > list.total) this.list.refresh();
  }

  async #history(call: 'history.undo' | 'history.redo', done: string, nothing: string): Promise<void> {
    try {
      const answer = await this.client.call(call, {});
      const other =
        call === 'history.undo'
          ? { label: 'Redo', run: () => void this.redo() }
          : { label: 'Undo', run: () => void this.undo() };
      if (answer.done === null) this.toasts.show('done', nothing, { topic: 'mark' });
      else {
        noteSaverOf(this.client).turned();
        this.toasts.show('done', `${done}: ${answer.done}`, { topic: 'mark', action: other });
        await this.#showWhatCameBack();
        this.tags.follow();
      }
    } catch (error) {
      this.toasts.fail(error);
    }
  }
}
