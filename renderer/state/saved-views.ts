import type { CallInput } from '../../shared/contract.ts';
import { failureOf } from '../../shared/outcome.ts';
import type { SavedView } from '../../shared/views.ts';
import { isRearranged } from './arrangement.ts';
import type { Session } from './session.ts';
import { draftOfShown, draftOfView } from './view-draft.ts';

/** A view to be saved; without an id it is a new one. */
export type ViewToSave = CallInput<'views.save'>;

/** What the reader does with saved views. */
export class SavedViews {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** The saved views in the reader's order. */
  get all(): readonly SavedView[] {
    return this.#session.store.get().library?.views ?? [];
  }

  /** The saved view that is shown, or null. */
  get current(): SavedView | null {
    const { view } = this.#session.store.get().settings;
    return this.all.find(({ id }) => id === view) ?? null;
  }

  /** Opens the dialog that saves what is shown now; where that is a saved view, it can be changed to it. */
  compose(): void {
    const draft = draftOfShown(this.#session.store.get());
    if (draft) this.#session.dialog({ kind: 'saveView', draft });
  }

  /** Opens the dialog that changes a saved view. */
  edit(id: string): void {
    const view = this.all.find((each) => each.id === id);
    if (view) this.#session.dialog({ kind: 'saveView', draft: draftOfView(view, this.#session.store.get()) });
  }

  /**
   * Saves a view. A new one is shown, and so is what has become of the one that is.
   * @returns why it could not be saved, or null when it is
   */
  async save(view: ViewToSave): Promise<string | null> {
    const session = this.#session;
    try {
      const saved = await session.client.call('views.save', view);
      await session.readState();
      if (view.id === null || view.id === session.store.get().settings.view) session.enter(saved.id);
      this.#tell(view.id === null ? `Saved the view “${saved.name}”` : `Changed the view “${saved.name}”`);
      return null;
    } catch (error) {
      return failureOf(error).message;
    }
  }

  /** Saves the order and the columns that the shown view has now as its own. */
  async update(): Promise<void> {
    const view = this.current;
    if (!view) return;
    const { arrangement, query } = this.#session.store.get();
    const { sort, columns } = arrangement;
    const problem = await this.save({ ...asSaved(view), sort, columns: columns === null ? null : [...columns] });
    if (problem !== null) this.#session.toasts.show('error', problem);
    // What is searched for within it is not a matter of its order.
    else if (query !== '') this.#session.search(query);
  }

  /** Gives the shown view the order and the columns again that it was saved with. */
  restore(): void {
    if (this.current) this.#session.enter(this.current.id);
  }

  /** True when the shown view has another order or other columns than it was saved with. */
  get isRearranged(): boolean {
    const view = this.current;
    return view !== null && isRearranged(view, this.#session.store.get().arrangement);
  }

  /** Removes a saved view; its papers stay. Whoever looks at it is taken to the Inbox. */
  async remove(id: string): Promise<void> {
    const view = this.all.find((each) => each.id === id);
    if (!view) return;
    try {
      await this.#session.client.call('views.remove', { id });
      await this.#session.readState();
      this.#tell(`Removed the view “${view.name}”`);
    } catch (error) {
      this.#session.toasts.fail(error);
    }
  }

  /**
   * Moves a saved view to another place.
   * @param place from 0, clamped to those there are; shown at once
   */
  async move(id: string, place: number): Promise<void> {
    const before = this.all;
    const view = before.find((each) => each.id === id);
    if (!view) return;
    const others = before.filter((each) => each !== view);
    const at = Math.min(Math.max(place, 0), others.length);
    const where = `${at + 1} of ${before.length}`;
    if (before[at] === view) {
      this.#session.announce(`${view.name} is ${where} already`);
      return;
    }
    const ids = others.toSpliced(at, 0, view).map((each) => each.id);
    this.#session.showViewsInOrder(ids);
    this.#session.announce(`${view.name} is now ${where}`);
    try {
      await this.#session.client.call('views.order', { ids });
    } catch (error) {
      this.#session.showViewsInOrder(before.map((each) => each.id));
      this.#session.toasts.fail(error);
    }
  }

  #tell(message: string): void {
    const undo = { label: 'Undo', run: () => void this.#session.undo() };
    this.#session.toasts.show('done', message, { action: undo, topic: 'mark' });
  }
}

/** A saved view without its count, as the library takes it. */
export function asSaved({ id, name, icon, query, sort, columns }: SavedView): SavedView {
  return { id, name, icon, query, sort, columns };
}
