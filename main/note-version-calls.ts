import type { Handlers } from '../shared/contract.ts';
import type { DeletedNote, NoteVersion } from '../shared/note-versions.ts';
import { OffprintError } from '../shared/outcome.ts';
import type { PaperId } from '../shared/paper.ts';
import { parseQuery } from '../shared/query/parse.ts';
import { scratchNoteId, scratchNoteTitle } from '../shared/scratch-note.ts';
import type { Corpus } from './corpus/corpus.ts';
import { combinedRecord, type MarkTarget, type RecordOf } from './store/combined.ts';
import type { NoteVersionsReader } from './store/note-versions.ts';
import { byNewest, type NoteEntry, nameOfText } from './store/note-versions-line.ts';

/** The calls that tell what notes said before. */
export type NoteVersionCalls = Pick<Handlers, 'notes.versions' | 'notes.version' | 'notes.deleted'>;

/** What {@link noteVersionCalls} looks things up in. */
export interface NoteVersionParts {
  versions: NoteVersionsReader;
  recordOf: RecordOf;
  /** What there is to tell the reader. Reading the past versions may add to it; `noticed` is called then. */
  notices(): readonly string[];
  noticed(): void;
  corpus: Pick<Corpus, 'paper' | 'resolve' | 'titles'>;
}

const anyPaper = parseQuery('');
/** Ids asked about in one message. */
const idsAtOnce = 10_000;

/** Implements {@link NoteVersionCalls}. */
export function noteVersionCalls(parts: NoteVersionParts): NoteVersionCalls {
  const { versions, recordOf, corpus } = parts;
  /** A paper as it is now, and all ids that a note of it may have stood under. */
  const paperOf = async (id: PaperId): Promise<{ target: MarkTarget; ids: PaperId[] }> => {
    const paper = await corpus.paper(id, anyPaper);
    if (!paper) return { target: { id, markedAs: [] }, ids: [id] };
    return { target: paper, ids: [...new Set([id, paper.id, ...paper.aliases, ...paper.markedAs])] };
  };
  const noteOf = (target: MarkTarget) => combinedRecord(target, recordOf).record?.note ?? '';

  /** The papers of which a note was deleted, by the ids that they have now, and the last text of each. */
  const deleted = async (): Promise<{ id: PaperId; last: NoteEntry }[]> => {
    const newest = await versions.newest();
    const ids = [...newest.keys()].filter((id) => (recordOf(id)?.note ?? '') === '');
    const targets = await targetsOf(corpus, ids);
    const last = new Map<PaperId, NoteEntry>();
    for (const id of ids) {
      const target = targets.get(id) ?? { id, markedAs: [] };
      const entry = newest.get(id);
      if (!entry || noteOf(target) !== '') continue;
      const other = last.get(target.id);
      if (!other || byNewest(entry, other) < 0) last.set(target.id, entry);
    }
    return Array.from(last, ([id, entry]) => ({ id, last: entry })).toSorted(
      (one, other) => other.last.replacedAt - one.last.replacedAt || (one.id < other.id ? -1 : 1),
    );
  };

  const noticing = async <T>(work: () => Promise<T>): Promise<T> => {
    const known = parts.notices().length;
    try {
      return await work();
    } finally {
      if (parts.notices().length > known) parts.noticed();
    }
  };

  return {
    'notes.versions': ({ id }) =>
      noticing(async () => {
        const { target, ids } = await paperOf(id);
        const entries = await versions.of(ids);
        // What Undo and Redo went back and forth between is one text each, and what stands now is none of them.
        const known = new Set([nameOfText(noteOf(target))]);
        const others = entries.filter(({ textName }) => !known.has(textName) && known.add(textName));
        return { versions: others.map(versionOf) };
      }),
    'notes.version': ({ id, version }) =>
      noticing(async () => {
        const text = await versions.text((await paperOf(id)).ids, version);
        if (text === null) throw new OffprintError('not-found', `${id} has no note of this version (any more).`);
        return { text };
      }),
    'notes.deleted': ({ offset, limit }) =>
      noticing(async () => {
        const all = await deleted();
        const shown = all.slice(offset, offset + limit);
        const titles = await corpus.titles(shown.map(({ id }) => id));
        const notes = shown.map(({ id, last }): DeletedNote => {
          const title = id === scratchNoteId ? scratchNoteTitle : (titles.get(id)?.title ?? null);
          return { ...versionOf(last), id, title };
        });
        return { total: all.length, notes };
      }),
  };
}

async function targetsOf(corpus: Pick<Corpus, 'resolve'>, ids: readonly PaperId[]): Promise<Map<PaperId, MarkTarget>> {
  const targets = new Map<PaperId, MarkTarget>();
  for (let from = 0; from < ids.length; from += idsAtOnce) {
    for (const [id, target] of await corpus.resolve(ids.slice(from, from + idsAtOnce))) targets.set(id, target);
  }
  return targets;
}

function versionOf({ version, writtenAt, replacedAt, length, excerpt }: NoteEntry): NoteVersion {
  return { version, writtenAt, replacedAt, length, excerpt };
}
