import type { Handlers } from '../shared/contract.ts';
import { OffprintError } from '../shared/outcome.ts';
import { type PaperId, tagSchema } from '../shared/paper.ts';
import type { SavedView } from '../shared/views.ts';
import { isWithin, renamedTag, renameInQuery, tagChange } from './renamed-tags.ts';
import { combinedRecord, type MarkTarget } from './store/combined.ts';
import type { PaperRecord, TagColours } from './store/library-data.ts';
import type { Deed } from './store/step.ts';
import { notesWithTag, renamedInNotes } from './tags-in-notes.ts';

/** The calls that change tags as such, on whatever papers have them. */
export type TagHandlers = Pick<Handlers, 'tags.rename' | 'tags.remove' | 'tags.colour'>;

/** What tags are kept in. */
export interface TagParts {
  /** Every record of the reader's, by the id that it stands under. */
  records(): ReadonlyMap<PaperId, PaperRecord>;
  tagColours(): TagColours;
  views(): readonly SavedView[];
  /** The papers that these ids are of; an id of no paper is left out. */
  resolve(ids: readonly PaperId[]): Promise<ReadonlyMap<PaperId, MarkTarget>>;
  /** Makes one step that Undo takes back. */
  do(deed: Deed): Promise<unknown>;
}

/** Ids asked for in one message. */
const idsAtOnce = 10_000;

/** Renames, merges, removes and colours tags. A tag that others are nested in takes them along. */
export class ReaderTags {
  readonly #parts: TagParts;

  constructor(parts: TagParts) {
    this.#parts = parts;
  }

  get handlers(): TagHandlers {
    return {
      'tags.rename': ({ from, to }) => this.#rename(from.normalize(), to.normalize()),
      'tags.remove': ({ tag }) => this.#remove(tag.normalize()),
      'tags.colour': async ({ tag, colour }) => {
        const name = tag.normalize();
        const colours = new Map(this.#parts.tagColours());
        if ((colours.get(name) ?? null) === colour) return {};
        if (colour === null) colours.delete(name);
        else colours.set(name, colour);
        const label = colour === null ? `Took the colour of “${name}” away` : `Coloured “${name}” ${colour}`;
        await this.#parts.do({ label, tagColours: colours });
        return {};
      },
    };
  }

  async #rename(from: string, to: string): Promise<{ changed: number; label: string }> {
    const targets = await this.#papersWith(from);
    if (from === to) return { changed: 0, label: 'Nothing to change' };
    const { tagColours, do: perform } = this.#parts;
    this.#refuseBadNames(from, to);
    const colours = new Map(tagColours());
    for (const [tag, colour] of tagColours()) {
      const renamed = renamedTag(tag, from, to);
      if (renamed === null) continue;
      colours.delete(tag);
      // A tag that is there already keeps its own.
      if (!tagColours().has(renamed)) colours.set(renamed, colour);
    }
    const { views, changed } = this.#viewsRenamed(from, to);
    const recordOf = (id: PaperId) => this.#parts.records().get(id);
    const { records, others, left } = renamedInNotes(targets, recordOf, { from, to }, Date.now());
    const places = [
      `on ${papers(targets.length)}`,
      ...(records.size > 0 ? [`in ${counted(records.size, 'note')}`] : []),
      ...(changed > 0 ? [`in ${counted(changed, 'view')}`] : []),
    ];
    const label = `Renamed the tag “${from}” to “${to}” ${listed(places)}${stillSay(left, from)}`;
    await perform({
      label,
      marks: { targets: others, change: (marks) => tagChange(marks, from, to) },
      ...(records.size > 0 && { records }),
      ...(!sameColours(colours, tagColours()) && { tagColours: colours }),
      ...(changed > 0 && { views }),
    });
    return { changed: targets.length, label };
  }

  async #remove(tag: string): Promise<{ changed: number; label: string }> {
    const targets = await this.#papersWith(tag);
    const { tagColours, do: perform } = this.#parts;
    const colours = new Map([...tagColours()].filter(([name]) => renamedTag(name, tag, '') === null));
    const left = notesWithTag(targets, (id) => this.#parts.records().get(id), tag);
    const label = `Removed the tag “${tag}” from ${papers(targets.length)}${stillSay(left, tag)}`;
    await perform({
      label,
      marks: { targets, change: (marks) => tagChange(marks, tag, null) },
      ...(!sameColours(colours, tagColours()) && { tagColours: colours }),
    });
    return { changed: targets.length, label };
  }

  /** The papers with a tag or one nested in it. Rejects with `not-found` when nothing has it. */
  async #papersWith(tag: string): Promise<MarkTarget[]> {
    const has = (tags: readonly string[] = []) => tags.some((each) => renamedTag(each, tag, '') !== null);
    const ids = [...this.#parts.records()].flatMap(([id, { tags }]) => (has(tags) ? [id] : []));
    const targets = new Map<PaperId, MarkTarget>();
    for (let at = 0; at < ids.length; at += idsAtOnce) {
      const some = ids.slice(at, at + idsAtOnce);
      const known = await this.#parts.resolve(some);
      for (const id of some) {
        // A paper that is not here (any more) comes back with what was said of it.
        const target = known.get(id) ?? { id, markedAs: [] };
        targets.set(target.id, target);
      }
    }
    const records = this.#parts.records();
    const papers = [...targets.values()].filter((target) =>
      has(combinedRecord(target, (id) => records.get(id)).record?.tags),
    );
    if (papers.length === 0 && !has([...this.#parts.tagColours().keys()])) {
      throw new OffprintError('not-found', `There is no tag “${tag}”. Nothing was changed.`);
    }
    return papers;
  }

  /** Every new name must be one that a reader could have typed. */
  #refuseBadNames(from: string, to: string): void {
    for (const { tags } of this.#parts.records().values()) {
      for (const tag of tags ?? []) {
        const renamed = renamedTag(tag, from, to);
        if (renamed === null || tagSchema.safeParse(renamed).success) continue;
        throw new OffprintError('bad-input', `“${renamed}” would be too long for a tag. Nothing was changed.`);
      }
    }
  }

  /** The saved views, asking for a tag by its new name. */
  #viewsRenamed(from: string, to: string): { views: SavedView[]; changed: number } {
    let changed = 0;
    // A query asks for a tag in any case: it goes on asking for those that keep their name.
    const keeps = (tags: readonly string[] = []) =>
      tags.some((tag) => isWithin(tag, from) && renamedTag(tag, from, to) === null);
    const stays = [...this.#parts.records().values()].some(({ tags }) => keeps(tags));
    const views = this.#parts.views().map((view) => {
      const query = stays ? null : renameInQuery(view.query, from, to);
      if (query === null || query === view.query) return view;
      changed += 1;
      return { ...view, query };
    });
    return { views, changed };
  }
}

function papers(count: number): string {
  return counted(count, 'paper');
}

function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}

/** "a", "a and b", "a, b and c". */
function listed(parts: readonly string[]): string {
  return [parts.slice(0, -1).join(', '), ...parts.slice(-1)].filter((part) => part !== '').join(' and ');
}

/** What is said of notes that keep a tag in their text, which then does not tag their papers. */
function stillSay(notes: number, tag: string): string {
  return notes === 0 ? '' : `; ${notes === 1 ? '1 note still says' : `${notes} notes still say`} #${tag}`;
}

function sameColours(one: TagColours, other: TagColours): boolean {
  return one.size === other.size && [...one].every(([tag, colour]) => other.get(tag) === colour);
}
