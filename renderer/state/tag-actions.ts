import { failureOf } from '../../shared/outcome.ts';
import type { TagColour } from '../../shared/paper.ts';
import { noteSaverOf } from '../reader/note-saver-of.ts';
import type { Session } from './session.ts';

/** What became of a change: what was done, in words, or why it failed. */
export type TagOutcome = { done: string } | { problem: string };

/** What the reader does with tags as such. What tags a paper has is a matter of the paper's. */
export class TagActions {
  readonly #session: Session;
  /** Names that were given in this window, the last one first. */
  #renames: { from: string; to: string }[] = [];

  constructor(session: Session) {
    this.#session = session;
  }

  /** Shows the papers with a tag, and unfolds the tags around it. */
  show(tag: string): void {
    const { settings } = this.#session.store.get();
    const folded = settings.foldedTags.filter((each) => !isNested(tag, each));
    if (folded.length < settings.foldedTags.length) this.#session.settings.change({ foldedTags: folded });
    this.#session.goTo(`tag:${tag}`);
  }

  /** Shows or hides the tags nested in one, and remembers it. */
  fold(tag: string, folded: boolean): void {
    const others = this.#session.store.get().settings.foldedTags.filter((each) => each !== tag);
    this.#session.settings.change({ foldedTags: folded ? [...others, tag] : others });
  }

  /** Gives a tag, and those nested in it, another name. The reader is told what became of it. */
  async rename(from: string, to: string): Promise<TagOutcome> {
    const session = this.#session;
    try {
      const { label } = await session.client.call('tags.rename', { from, to });
      // A note that is open for writing may have it: what is typed on must not bring the old name back.
      noteSaverOf(session.client).turned();
      const { view, foldedTags } = session.store.get().settings;
      const renamed = (tag: string) => renamedAs(tag, from, to) ?? tag;
      this.#renames.unshift({ from, to });
      if (foldedTags.some((tag) => renamed(tag) !== tag)) {
        session.settings.change({ foldedTags: foldedTags.map(renamed) });
      }
      await session.readState();
      // Whoever looks at the papers of the tag goes on doing so.
      const shown = view.startsWith('tag:') ? view.slice('tag:'.length) : null;
      if (shown !== null && renamed(shown) !== shown) session.enter(`tag:${renamed(shown)}`);
      this.#tell(label);
      return { done: label };
    } catch (error) {
      session.toasts.fail(error);
      return { problem: failureOf(error).message };
    }
  }

  /** Goes along where the tag that is looked at has got its other name again, by Undo or Redo. */
  follow(): void {
    const { library, settings } = this.#session.store.get();
    const shown = settings.view.startsWith('tag:') ? settings.view.slice('tag:'.length) : null;
    const isThere = (tag: string | null) => library?.tags.some(({ name }) => name === tag) ?? false;
    if (shown === null || isThere(shown)) return;
    for (const { from, to } of this.#renames) {
      const other = renamedAs(shown, to, from) ?? renamedAs(shown, from, to);
      if (other === null || !isThere(other)) continue;
      this.#session.enter(`tag:${other}`);
      return;
    }
  }

  /** Takes a tag, and those nested in it, from all papers. The reader is told what became of it. */
  async remove(tag: string): Promise<TagOutcome> {
    const session = this.#session;
    try {
      const { label } = await session.client.call('tags.remove', { tag });
      await session.readState();
      const { view } = session.store.get().settings;
      if (view === `tag:${tag}` || isNested(view, `tag:${tag}`)) session.enter('all');
      this.#tell(label);
      return { done: label };
    } catch (error) {
      session.toasts.fail(error);
      return { problem: failureOf(error).message };
    }
  }

  /** Colours a tag, or takes its colour away. */
  async colour(tag: string, colour: TagColour | null): Promise<void> {
    try {
      await this.#session.client.call('tags.colour', { tag, colour });
      await this.#session.readState();
    } catch (error) {
      this.#session.toasts.fail(error);
    }
  }

  #tell(label: string): void {
    const undo = { label: 'Undo', run: () => void this.#session.undo() };
    this.#session.toasts.show('done', label, { action: undo, topic: 'mark' });
  }
}

/** What a tag is called after another, in which it may be nested, got a new name; null when it is not touched. */
function renamedAs(tag: string, from: string, to: string): string | null {
  return tag === from || isNested(tag, from) ? to + tag.slice(from.length) : null;
}

/** True when a tag is nested in another, however deep. */
export function isNested(tag: string, within: string): boolean {
  return tag.toLowerCase().startsWith(`${within.toLowerCase()}/`);
}
