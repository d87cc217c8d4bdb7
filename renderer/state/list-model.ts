import type { Client } from '../../shared/client.ts';
import type { CallOutput, MarkChange } from '../../shared/contract.ts';
import { OffprintError } from '../../shared/outcome.ts';
import type { PaperId, Row } from '../../shared/paper.ts';
import type { AppState, ListRequest, ListState } from './app-state.ts';
import { applyChange } from './marks.ts';
import { includes, type Ranges } from './ranges.ts';
import { pageSize, RowCache } from './row-cache.ts';
import type { Store } from './store.ts';

/** Requests for rows in flight at once: enough to keep up with scrolling, few enough to stay current. */
const mostInFlight = 3;

/** After this many milliseconds without an answer the list says that it is working. */
const noticeable = 100;

/** A mark that the library has not yet confirmed. */
interface PendingMark {
  ranges: Ranges;
  change: MarkChange;
}

/** A list as it was, to be brought back. */
export interface KeptList {
  readonly list: ListState;
  readonly request: ListRequest | null;
  readonly cache: RowCache;
  /** Lets its result set go; it cannot be brought back after that. */
  release(): void;
}

/**
 * The open result set: asks for it, fetches its rows by window, and keeps what the reader is
 * looking at in its place. Answers that come after a newer question are dropped.
 */
export class ListModel {
  readonly #client: Client;
  readonly #store: Store<AppState>;
  readonly #fail: (error: unknown) => void;
  #cache = new RowCache(0);
  #asked = 0;
  /** The last question, answered or not. */
  #request: ListRequest | null = null;
  /** Settled once the question that is out has been answered; null when none is. */
  #answering: Promise<void> | null = null;
  /** Grows when rows on their way are out of date before they arrive. */
  #epoch = 0;
  #wanted: [number, number] = [0, 0];
  readonly #inFlight = new Set<number>();
  readonly #pending = new Set<PendingMark>();
  /** Result sets that are gone through elsewhere, and how often each is held. */
  readonly #held = new Map<number, number>();
  /** Settled once every row of the open result set has been counted, or another one is open. */
  #counted: Promise<void> = Promise.resolve();

  /** @param fail told when rows could not be fetched */
  constructor(client: Client, store: Store<AppState>, fail: (error: unknown) => void) {
    this.#client = client;
    this.#store = store;
    this.#fail = fail;
  }

  #set(change: Partial<ListState>): void {
    this.#store.set({ list: { ...this.#store.get().list, ...change } });
  }

  /** The row at `index` with every mark made here, or undefined while it is not fetched. */
  row(index: number): Row | undefined {
    let row = this.#cache.row(index);
    if (!row) return undefined;
    for (const { ranges, change } of this.#pending) {
      if (includes(ranges, index)) row = applyChange(row, change);
    }
    return row;
  }

  /** The papers of the rows behind and before the focused one, as far as these are fetched. */
  readonly beside = (): PaperId[] => {
    const { focus } = this.#store.get().list;
    return focus < 0 ? [] : [focus + 1, focus - 1].flatMap((index) => this.#cache.row(index)?.id ?? []);
  };

  /**
   * Opens a result set. The shown rows stay until the new ones are here. The paper in the reader
   * stays selected when it is among them; else the first row is, as it is where a new search has ranked them.
   */
  async open(request: ListRequest): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    this.#request = request;
    const slowly = setTimeout(() => {
      if (asked === this.#asked) this.#set({ slow: true });
    }, noticeable);
    try {
      // One question at a time: of what is typed while the library searches, only the last is asked.
      if (this.#answering) {
        await this.#answering;
        if (asked !== this.#asked) return;
      }
      const answer = await this.#ask(request);
      if (asked !== this.#asked) {
        this.#close(answer.result);
        return;
      }
      const old = this.#store.get().list.result;
      this.#take(request, answer);
      // Once the new rows are drawn; what goes is not worth their waiting.
      if (old !== null) setTimeout(() => this.#close(old));
      this.#counted = answer.complete ? Promise.resolve() : this.#count(answer.result);
      await this.#findCurrent(asked, answer.result);
    } catch (error) {
      if (asked === this.#asked) this.#fail(error);
    } finally {
      clearTimeout(slowly);
      if (asked === this.#asked) this.#set({ slow: false });
    }
  }

  async #ask(request: ListRequest): Promise<CallOutput<'list.open'>> {
    const asking = this.#client.call('list.open', { ...request, limit: pageSize });
    const answering = asking.then(
      () => {},
      () => {},
    );
    this.#answering = answering;
    try {
      return await asking;
    } finally {
      if (this.#answering === answering) this.#answering = null;
    }
  }

  #take(request: ListRequest, answer: CallOutput<'list.open'>): void {
    this.#cache = new RowCache(answer.total);
    if (answer.rows.length > 0) this.#cache.put(0, answer.rows);
    this.#dropInFlight();
    this.#pending.clear();
    const { list, currentId } = this.#store.get();
    const { shown } = list;
    const isNew = shown !== null && (shown.query !== request.query || shown.view !== request.view);
    // Who searches wants to see what matches best, and not wherever the paper at hand may rank.
    const ranked = isNew && answer.order !== 'sort';
    const here = ranked ? 0 : answer.rows.findIndex((row) => row.id === currentId);
    const known = here >= 0 || currentId === null || answer.total <= answer.rows.length;
    const focus = known ? Math.min(Math.max(here, 0), answer.total - 1) : -1;
    this.#set({
      shown: request,
      result: answer.result,
      total: answer.total,
      complete: answer.complete,
      counting: false,
      order: answer.order,
      rowsVersion: list.rowsVersion + 1,
      opened: list.opened + 1,
      slow: false,
      ...selected(focus),
    });
    if (known) this.syncCurrent();
  }

  /** Waits for how many rows there are in all; they come behind those that are there. Never rejects. */
  async #count(result: number): Promise<void> {
    const isOpen = () => this.#store.get().list.result === result;
    const slowly = setTimeout(() => {
      if (isOpen()) this.#set({ counting: true });
    }, noticeable);
    try {
      const { total } = await this.#client.call('list.settled', { result });
      if (!isOpen()) return;
      this.#cache.grow(total);
      this.#set({ total, complete: true, counting: false });
      this.want(...this.#wanted);
    } catch (error) {
      if (!isOpen()) return;
      this.#set({ complete: true, counting: false });
      this.#lost(error);
    } finally {
      clearTimeout(slowly);
    }
  }

  /** Settled once all rows of the open result set have been counted. Never rejects. */
  counted(): Promise<void> {
    return this.#counted;
  }

  /** Looks for the paper in the reader beyond the first rows, and takes the first row when it is gone. */
  async #findCurrent(asked: number, result: number): Promise<void> {
    const { list, currentId } = this.#store.get();
    if (list.focus >= 0 || list.total === 0 || currentId === null) return;
    const { index } = await this.#client.call('list.indexOf', { result, id: currentId });
    // The reader may have gone elsewhere meanwhile; then that holds.
    if (asked !== this.#asked || this.#store.get().list.focus >= 0) return;
    this.#set({ ...selected(index ?? 0), opened: list.opened + 1 });
    this.want(...this.#wanted);
    this.syncCurrent();
  }

  /** Tells the reader pane which paper the focused row is, as soon as that is known. */
  syncCurrent(): void {
    const { list } = this.#store.get();
    if (list.total === 0) {
      this.#store.set({ currentId: null });
      return;
    }
    const row = this.row(list.focus);
    if (row) this.#store.set({ currentId: row.id });
  }

  /** Says that rows `[from, to)` are in sight, or about to be. Fetches what is missing of them. */
  want(from: number, to: number): void {
    this.#wanted = [from, to];
    const { result, focus, total } = this.#store.get().list;
    if (result === null) return;
    // The focused row is needed for the reader, in sight or not.
    const focused = focus >= 0 && focus < total && !this.#cache.row(focus);
    const pages = [...(focused ? this.#cache.missing(focus, focus + 1) : []), ...this.#cache.missing(from, to)];
    for (const page of pages) {
      if (this.#inFlight.size >= mostInFlight) return;
      if (!this.#inFlight.has(page)) void this.#fetch(result, page);
    }
  }

  async #fetch(result: number, page: number): Promise<void> {
    const epoch = this.#epoch;
    this.#inFlight.add(page);
    try {
      const limit = this.#cache.lengthOf(page);
      const { rows } = await this.#client.call('list.rows', { result, offset: page * pageSize, limit });
      if (epoch !== this.#epoch) return;
      this.#inFlight.delete(page);
      const { focus } = this.#store.get().list;
      this.#cache.put(page, rows, [this.#wanted, [focus, focus + 1]]);
      this.#changed();
      this.syncCurrent();
      this.want(...this.#wanted);
    } catch (error) {
      if (epoch !== this.#epoch) return;
      this.#inFlight.delete(page);
      this.#lost(error);
    }
  }

  /** The library forgets old result sets; the same question gives a new one. Other failures are told. */
  #lost(error: unknown): void {
    if (error instanceof OffprintError && error.code === 'not-found') this.refresh();
    else this.#fail(error);
  }

  /** Rows on their way were asked for before something changed: they must not come in any more. */
  #dropInFlight(): void {
    this.#epoch += 1;
    this.#inFlight.clear();
  }

  /** Fetches the rows in sight again, in place, because papers changed. */
  reload(): void {
    this.#cache.expire();
    this.#dropInFlight();
    this.want(...this.#wanted);
  }

  /** Asks the last question anew: rows that no longer belong go, new ones come. */
  refresh(): void {
    // Not that of the shown rows: the reader may be on the way to others.
    if (this.#request) void this.open(this.#request);
  }

  /**
   * Shows a mark before the library confirms it.
   * @returns what to call with the outcome: true keeps it, false takes it back
   */
  markPending(ranges: Ranges, change: MarkChange): (kept: boolean) => void {
    const mark = { ranges, change };
    const cache = this.#cache;
    this.#pending.add(mark);
    this.#changed();
    return (kept) => {
      this.#pending.delete(mark);
      if (cache !== this.#cache) return;
      if (kept) cache.update((row, index) => (includes(ranges, index) ? applyChange(row, change) : row));
      this.#dropInFlight();
      this.#changed();
      this.want(...this.#wanted);
    };
  }

  /** Up to `limit` rows of a selection, fetched where needed, in order. */
  async rowsOf(ranges: Ranges, limit: number): Promise<Row[]> {
    const { result } = this.#store.get().list;
    if (result === null) return [];
    const rows: Row[] = [];
    for (const [from, to] of ranges) {
      const size = Math.min(to - from, limit - rows.length);
      if (size <= 0) break;
      const here = Array.from({ length: size }, (_, at) => this.row(from + at));
      if (here.every((row) => row !== undefined)) rows.push(...here);
      else rows.push(...(await this.#client.call('list.rows', { result, offset: from, limit: size })).rows);
    }
    return rows;
  }

  #changed(): void {
    this.#set({ rowsVersion: this.#store.get().list.rowsVersion + 1 });
  }

  /**
   * Keeps a result set open when the list goes on to another one.
   * @returns lets it go
   */
  hold(result: number): () => void {
    this.#held.set(result, (this.#held.get(result) ?? 0) + 1);
    let holds = true;
    return () => {
      if (!holds) return;
      holds = false;
      const others = (this.#held.get(result) ?? 1) - 1;
      if (others > 0) this.#held.set(result, others);
      else {
        this.#held.delete(result);
        if (this.#store.get().list.result !== result) this.#close(result);
      }
    };
  }

  /** Keeps the list as it is, however many others are opened, until it is brought back or released. */
  keep(): KeptList {
    const { list } = this.#store.get();
    const release = list.result === null ? () => {} : this.hold(list.result);
    return { list, request: this.#request, cache: this.#cache, release };
  }

  /** Shows a kept list again: the same rows, also those that would not be found any more, and the same selection. */
  bringBack({ list, request, cache, release }: KeptList): void {
    // Whatever has been asked for meanwhile is overtaken.
    this.#asked += 1;
    const now = this.#store.get().list;
    const isSame = now.result === list.result;
    const grown = isSame ? { total: now.total, complete: now.complete, counting: now.counting } : { counting: false };
    const { rowsVersion, opened, revealed } = now;
    this.#request = request;
    this.#cache = cache;
    cache.expire();
    this.#dropInFlight();
    if (!isSame) this.#pending.clear();
    this.#set({ ...list, ...grown, rowsVersion: rowsVersion + 1, opened: opened + 1, revealed, slow: false });
    release();
    const { result: old } = now;
    if (old !== null && !isSame) setTimeout(() => this.#close(old));
    if (list.result !== null && !isSame) this.#counted = list.complete ? Promise.resolve() : this.#count(list.result);
    this.want(...this.#wanted);
  }

  #close(result: number): void {
    // It may have been brought back since it was left.
    if (this.#held.has(result) || this.#store.get().list.result === result) return;
    // A result set that cannot be closed is forgotten by the library itself.
    this.#client.call('list.close', { result }).catch(() => {});
  }
}

/** The list state in which one row is focused and selected; -1 for none. */
function selected(focus: number): Pick<ListState, 'focus' | 'anchor' | 'selection'> {
  return { focus, anchor: focus, selection: focus < 0 ? [] : [[focus, focus + 1]] };
}
