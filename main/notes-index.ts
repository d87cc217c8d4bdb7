import { noteLinks } from '../shared/note-syntax.ts';
import { type LinkedNote, mostNotes } from '../shared/notes-calls.ts';
import type { PaperId } from '../shared/paper.ts';
import { parseQuery } from '../shared/query/parse.ts';
import { scratchNoteId, scratchNoteTitle } from '../shared/scratch-note.ts';
import type { Corpus } from './corpus/corpus.ts';
import { combinedRecord, type MarkTarget } from './store/combined.ts';
import type { PaperRecord } from './store/library-data.ts';
import { inSlices } from './store/slices.ts';

/** What {@link NotesIndex} looks things up in. */
export interface NotesIndexParts {
  store: {
    readonly records: ReadonlyMap<PaperId, PaperRecord>;
    /** Another one after each change of a record. */
    readonly stamp: string;
  };
  corpus: Pick<Corpus, 'paper' | 'resolve' | 'titles'>;
}

/** A note of a paper that is listed. */
export interface ListedNote {
  id: PaperId;
  title: string | null;
  text: string;
  changedAt: number | null;
}

/** Ids asked about in one message. */
const idsAtOnce = 10_000;
/** Notes looked through, and records passed over, without a pause in between. */
const atOnce = 50;
const recordsAtOnce = 2000;
/** Longest line of a note that is told of a link, in UTF-16 units, and how much of it stands before the link. */
const longestLine = 300;
const beforeLink = 100;
const anyPaper = parseQuery('');

/**
 * Which notes there are, and which papers they link to. Made from the store when it is first asked, then kept up to
 * what has changed: a record is looked at again only when it is another one than before.
 */
export class NotesIndex {
  readonly #parts: NotesIndexParts;
  #stamp: string | null = null;
  #following: Promise<void> = Promise.resolve();
  /** Records with a note, and the ids that the note links to. */
  readonly #noted = new Map<PaperId, { record: PaperRecord; links: readonly PaperId[] }>();
  /** Ids of records with a link to an id, as it is written there. */
  readonly #linking = new Map<PaperId, Set<PaperId>>();
  #listed: { stamp: string; notes: readonly ListedNote[] } | null = null;

  constructor(parts: NotesIndexParts) {
    this.#parts = parts;
  }

  /** See `notes.links` of the contract. */
  async links(id: PaperId): Promise<{ to: LinkedNote[]; from: LinkedNote[] }> {
    await this.#follow();
    const { corpus } = this.#parts;
    const paper = await corpus.paper(id, anyPaper);
    const target: MarkTarget = paper ?? { id, markedAs: [] };
    const known = new Set([id, target.id, ...target.markedAs, ...(paper?.aliases ?? [])]);
    const to = await this.#named(
      linksOf(this.#noteOf(target).text, () => true),
      target.id,
    );
    const sources = [...known].flatMap((each) => [...(this.#linking.get(each) ?? [])]);
    const targets = await this.#targetsOf(sources);
    const from = [...new Map(sources.map((each) => [targets.get(each)?.id ?? each, each]))].flatMap(([own, each]) => {
      const note = this.#noteOf(targets.get(each) ?? { id: each, markedAs: [] });
      const [link] = linksOf(note.text, (linked) => known.has(linked));
      return link && own !== target.id ? [{ ...link, id: own, changedAt: note.changedAt ?? 0 }] : [];
    });
    from.sort((one, other) => other.changedAt - one.changedAt || (one.id < other.id ? -1 : 1));
    return { to, from: await this.#named(from, target.id) };
  }

  /**
   * All notes but the scratch note, the last changed first; those of papers that have several ids as one.
   * @param anew whether titles may have changed since it was asked last
   */
  async list(anew: boolean): Promise<readonly ListedNote[]> {
    await this.#follow();
    const { stamp } = this.#parts.store;
    if (!anew && this.#listed?.stamp === stamp) return this.#listed.notes;
    const ids = [...this.#noted.keys()].filter((id) => id !== scratchNoteId);
    const targets = await this.#targetsOf(ids);
    const own = new Map(ids.map((id) => [targets.get(id)?.id ?? id, targets.get(id) ?? { id, markedAs: [] }]));
    const titles = await this.#titlesOf([...own.keys()]);
    const notes = Array.from(own.values(), (target): ListedNote => {
      return { id: target.id, title: titles.get(target.id) ?? null, ...this.#noteOf(target) };
    }).filter(({ text }) => text !== '');
    notes.sort((one, other) => (other.changedAt ?? 0) - (one.changedAt ?? 0) || (one.id < other.id ? -1 : 1));
    this.#listed = { stamp, notes };
    return notes;
  }

  /** Those notes that have a text in them or in the title of their paper; letter case does not count. */
  async find(notes: readonly ListedNote[], text: string): Promise<readonly ListedNote[]> {
    const wanted = text.trim().toLowerCase();
    return wanted === '' ? notes : inSlices(finding(notes, wanted));
  }

  /** Resolves when all that was on the disk when it was called is known. */
  #follow(): Promise<void> {
    const following = this.#following.then(async () => {
      const { stamp } = this.#parts.store;
      if (stamp === this.#stamp) return;
      await inSlices(this.#changes());
      this.#stamp = stamp;
    });
    this.#following = following.catch(() => {});
    return following;
  }

  *#changes(): Generator<void> {
    const { records } = this.#parts.store;
    let noted = 0;
    let looked = 0;
    for (const [id, record] of records) {
      looked += 1;
      if (looked % recordsAtOnce === 0) yield;
      if (record.note === undefined) continue;
      noted += 1;
      if (noted % atOnce === 0) yield;
      const known = this.#noted.get(id);
      if (known?.record === record) continue;
      const links =
        known?.record.note === record.note ? known.links : [...new Set(noteLinks(record.note).map((link) => link.id))];
      this.#forget(id);
      this.#noted.set(id, { record, links });
      for (const link of links) this.#linking.set(link, (this.#linking.get(link) ?? new Set()).add(id));
    }
    // One of them has no note any more.
    if (noted < this.#noted.size) {
      for (const id of this.#noted.keys()) if (records.get(id)?.note === undefined) this.#forget(id);
    }
  }

  #forget(id: PaperId): void {
    for (const link of this.#noted.get(id)?.links ?? []) {
      const linking = this.#linking.get(link);
      linking?.delete(id);
      if (linking?.size === 0) this.#linking.delete(link);
    }
    this.#noted.delete(id);
  }

  #noteOf(target: MarkTarget): { text: string; changedAt: number | null } {
    const { record } = combinedRecord(target, (id) => this.#parts.store.records.get(id));
    return { text: record?.note ?? '', changedAt: record?.noteChangedAt ?? record?.changedAt ?? null };
  }

  /** Links with the ids that their papers have today and their titles; each paper once, and not this one. */
  async #named(links: readonly { id: PaperId; line: string }[], except: PaperId): Promise<LinkedNote[]> {
    const targets = await this.#targetsOf(links.map(({ id }) => id));
    const lines = new Map<PaperId, string>();
    for (const { id, line } of links) {
      const own = targets.get(id)?.id ?? id;
      if (own !== except && !lines.has(own) && lines.size < mostNotes) lines.set(own, line);
    }
    const titles = await this.#titlesOf([...lines.keys()]);
    return Array.from(lines, ([id, line]) => ({ id, title: titles.get(id) ?? null, line }));
  }

  async #targetsOf(ids: readonly PaperId[]): Promise<Map<PaperId, MarkTarget>> {
    const targets = new Map<PaperId, MarkTarget>();
    for (let at = 0; at < ids.length; at += idsAtOnce) {
      for (const [id, target] of await this.#parts.corpus.resolve(ids.slice(at, at + idsAtOnce)))
        targets.set(id, target);
    }
    return targets;
  }

  async #titlesOf(ids: readonly PaperId[]): Promise<Map<PaperId, string>> {
    const titles = new Map([[scratchNoteId, scratchNoteTitle]]);
    for (let at = 0; at < ids.length; at += idsAtOnce) {
      const some = await this.#parts.corpus.titles(ids.slice(at, at + idsAtOnce));
      for (const [id, { title }] of some) titles.set(id, title);
    }
    return titles;
  }
}

/** The links of a note that are asked for, and the line that each stands in. */
function linksOf(text: string, isWanted: (id: PaperId) => boolean): { id: PaperId; line: string }[] {
  return noteLinks(text)
    .filter(({ id }) => isWanted(id))
    .map(({ id, from }) => ({ id, line: lineAround(text, from) }));
}

/** The line of a text that something stands in; of a long one, the part around it. */
function lineAround(text: string, at: number): string {
  const begin = text.lastIndexOf('\n', at) + 1;
  const newline = text.indexOf('\n', at);
  const end = newline < 0 ? text.length : newline;
  const from = end - begin <= longestLine ? begin : Math.max(begin, Math.min(at - beforeLink, end - longestLine));
  return text
    .slice(from, Math.min(end, from + longestLine))
    .toWellFormed()
    .trim();
}

function* finding(notes: readonly ListedNote[], wanted: string): Generator<void, ListedNote[]> {
  const found: ListedNote[] = [];
  for (const [at, note] of notes.entries()) {
    const { title, text } = note;
    if (title?.toLowerCase().includes(wanted) || text.toLowerCase().includes(wanted)) found.push(note);
    if (at % atOnce === 0) yield;
  }
  return found;
}
