import type { MarkChange } from '../../shared/contract.ts';
import { paperLink } from '../../shared/offprint-links.ts';
import type { Paper, PaperId, Status } from '../../shared/paper.ts';
import { scratchNoteId } from '../../shared/scratch-note.ts';
import { copyCitations } from './citing.ts';
import { copyText } from './clipboard.ts';
import { webAddress } from './paper-links.ts';
import { between, firstOf, includes, lastOf, noRows, type Ranges, sizeOf, toggle } from './ranges.ts';
import type { Session } from './session.ts';

/** Papers whose links are copied at once, at most. */
const mostCopied = 200;

/** How a row was chosen: alone, with everything from the anchor to it, or besides the others. */
export type Choice = 'alone' | 'range' | 'besides';

/** What a reader does with papers: choose them, mark them, open and copy them. */
export class PaperActions {
  readonly #session: Session;
  /** A choice that goes to the end of rows that are still being counted; null when there is none. */
  #awaited: Promise<void> | null = null;

  constructor(session: Session) {
    this.#session = session;
  }

  get #list() {
    return this.#session.store.get().list;
  }

  #select(focus: number, anchor: number, selection: Ranges): void {
    const { store, list } = this.#session;
    const now = store.get().list;
    store.set({ list: { ...now, focus, anchor, selection, revealed: now.revealed + 1 } });
    list.syncCurrent();
  }

  /**
   * Chooses rows up to the end of the list. While that is still being counted it chooses as far as it
   * goes, and once it is known again, unless the reader has chosen something else meanwhile.
   */
  #chooseToEnd(choose: () => void): void {
    choose();
    if (this.#list.complete) return;
    const { result, focus, selection } = this.#list;
    const awaited = this.#session.list.counted().then(() => {
      if (this.#awaited === awaited) this.#awaited = null;
      const { list } = this.#session.store.get();
      if (list.result === result && list.focus === focus && list.selection === selection) choose();
    });
    this.#awaited = awaited;
  }

  /** Puts the focus on a row, clamped to those there are. */
  choose(index: number, how: Choice = 'alone'): void {
    if (index < this.#list.total) this.#choose(index, how);
    else this.#chooseToEnd(() => this.#choose(index, how));
  }

  #choose(index: number, how: Choice): void {
    const { total, anchor, selection } = this.#list;
    if (total === 0) return;
    const at = Math.min(Math.max(index, 0), total - 1);
    if (how === 'alone') this.#select(at, at, between(at, at));
    else if (how === 'range') this.#select(at, Math.max(anchor, 0), between(Math.max(anchor, 0), at));
    else this.#select(at, at, toggle(selection, at));
  }

  /** Goes to a paper: in the list where it is there, else among all papers; or to the scratch note by its id. */
  async goTo(id: PaperId): Promise<void> {
    if (id === scratchNoteId) {
      this.#session.dialog({ kind: 'scratch' });
      return;
    }
    const { client, store, toasts } = this.#session;
    const { result } = this.#list;
    try {
      const { index } = result === null ? { index: null } : await client.call('list.indexOf', { result, id });
      if (index !== null && this.#list.result === result) this.choose(index);
      else {
        store.set({ currentId: id });
        this.#session.goTo('all');
      }
    } catch (error) {
      toasts.fail(error);
    }
  }

  /** Moves the focus by a number of rows. */
  move(by: number, how: Choice = 'alone'): void {
    this.choose(this.#list.focus + by, how);
  }

  /** Selects every paper of the list. */
  selectAll(): void {
    this.#chooseToEnd(() => {
      const { total, focus, complete } = this.#list;
      if (total === 0) return;
      this.#select(Math.max(focus, 0), 0, [[0, total]]);
      if (complete) this.#session.announce(`${total.toLocaleString()} papers selected`);
    });
  }

  /** Leaves only the focused row selected; answers false when that was so already. */
  selectOne(): boolean {
    const { focus, selection } = this.#list;
    if (focus < 0 || (sizeOf(selection) === 1 && includes(selection, focus))) return false;
    this.choose(focus);
    return true;
  }

  /** What commands act on: the selection, or the focused row when nothing is selected. */
  chosen(): Ranges {
    const { selection, focus } = this.#list;
    if (sizeOf(selection) > 0) return selection;
    return focus < 0 ? noRows : between(focus, focus);
  }

  /** Changes the chosen papers: shown at once, corrected by the library's answer. */
  async mark(change: MarkChange, these?: Ranges): Promise<void> {
    // All papers means all of them, counted or not.
    if (!these && this.#awaited) await this.#awaited;
    const ranges = these ?? this.chosen();
    const { result } = this.#list;
    if (result === null || sizeOf(ranges) === 0) return;
    const settle = this.#session.list.markPending(ranges, change);
    try {
      const answer = await this.#session.client.call('papers.mark', {
        selection: { result, ranges: ranges.map(([from, to]): [number, number] => [from, to]) },
        change,
      });
      settle(true);
      this.#tellMarked(answer);
    } catch (error) {
      settle(false);
      this.#session.toasts.fail(error);
    }
  }

  /** Marks one paper that need not be in the list; quietly, when it is not the reader's doing. */
  async markPaper(id: PaperId, change: MarkChange): Promise<void> {
    try {
      await this.#session.client.call('papers.mark', { selection: { ids: [id] }, change });
    } catch (error) {
      this.#session.toasts.fail(error);
    }
  }

  #tellMarked({ changed, label }: { changed: number; label: string }): void {
    if (changed === 0) return;
    const undo = { label: 'Undo', run: () => void this.#session.undo() };
    this.#session.toasts.show('done', label, { action: undo, topic: 'mark' });
  }

  /** Sets the status of the chosen papers. */
  setStatus(status: Status): void {
    void this.mark({ status });
  }

  /** Unread, when the focused paper is read; read otherwise, whatever it was: it has been read now. */
  toggleRead(): void {
    const row = this.#focusedRow();
    if (row) this.setStatus(row.status === 'read' ? 'unread' : 'read');
  }

  /** Sets the status of the chosen papers and goes to the first paper after them. */
  async setStatusAndNext(status: Status): Promise<void> {
    if (this.#awaited) await this.#awaited;
    const last = lastOf(this.chosen());
    if (last === null) return;
    this.setStatus(status);
    this.choose(last + 1);
  }

  /** Stars the chosen papers, or takes the star away when the focused one has it. */
  toggleStar(): void {
    const row = this.#focusedRow();
    if (row) void this.mark({ starred: !row.starred });
  }

  /** Stars one row without choosing it, or takes its star away. */
  toggleStarOf(index: number): void {
    const row = this.#session.list.row(index);
    if (row) void this.mark({ starred: !row.starred }, between(index, index));
  }

  #focusedRow() {
    const { focus, selection } = this.#list;
    const first = firstOf(selection, 1)[0];
    return this.#session.list.row(includes(selection, focus) || first === undefined ? focus : first);
  }

  /** Opens the tag editor for the chosen papers. */
  async editTags(): Promise<void> {
    if (this.#awaited) await this.#awaited;
    const selection = this.chosen();
    const size = sizeOf(selection);
    if (size > 0) this.#session.dialog({ kind: 'tags', selection, size });
  }

  /** Opens the paper in the reader on the web, in the system's browser. */
  async openOnWeb(): Promise<void> {
    const paper = await this.#current();
    if (paper) window.open(webAddress(paper), '_blank', 'noopener');
  }

  /** Copies citations of the chosen papers in the reader's style. */
  copyCitation(): Promise<void> {
    return copyCitations(this.#session);
  }

  /** Copies links that open the chosen papers in Offprint, one a line. */
  async copyLink(): Promise<void> {
    const { list, toasts } = this.#session;
    try {
      const rows = await list.rowsOf(this.chosen(), mostCopied);
      if (rows.length === 0) return;
      const links = rows.map(({ id }) => paperLink(id));
      const left = sizeOf(this.chosen()) - links.length;
      const what = links.length === 1 ? 'Copied the Offprint link' : `Copied ${links.length} Offprint links`;
      await copyText(toasts, links.join('\n'), left > 0 ? `${what}; ${left} more were not copied` : what);
    } catch (error) {
      toasts.fail(error);
    }
  }

  async #current(): Promise<Paper | null> {
    const id = this.#session.store.get().currentId;
    if (id === null) return null;
    try {
      return await this.#session.client.call('paper.get', { id, query: '' });
    } catch (error) {
      this.#session.toasts.fail(error);
      return null;
    }
  }
}
