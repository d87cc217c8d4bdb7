import { render } from '@testing-library/react';
import { vi } from 'vitest';
import type { Client } from '../../shared/client.ts';
import type { CallName } from '../../shared/contract.ts';
import type { NoteVersion } from '../../shared/note-versions.ts';
import { OffprintError } from '../../shared/outcome.ts';
import type { Paper, PaperId } from '../../shared/paper.ts';
import { SessionContext } from '../frame/session-context.ts';
import { aPaper } from '../reader/testing.ts';
import { Session } from '../state/session.ts';
import { aLibrary } from '../state/testing.ts';

/** A library of papers with a note each, and what those notes said before, newest first. */
export class NotedLibrary {
  readonly papers = new Map<PaperId, Paper>();
  /** By paper. */
  readonly versions = new Map<PaperId, { text: string; at: number }[]>();
  /** Called with each note that is saved; rejects where saving is to fail. */
  save: (id: PaperId, text: string) => Promise<void> = async () => {};
  /** Awaited before a version is answered, whole. */
  held: Promise<void> = Promise.resolve();
  readonly undo = vi.fn(async () => ({ done: 'the note' }));

  readonly client: Client = {
    call: (async (name: CallName, input: never) => this.#answer(name, input)) as Client['call'],
    on: () => () => {},
  };

  /** Adds a paper. @param before what its note said before what it says now, newest first */
  add(id: PaperId, note: string, before: readonly string[] = []): void {
    this.papers.set(id, aPaper({ id, title: `The paper ${id}`, note }));
    this.versions.set(
      id,
      before.map((text, at) => ({ text, at: new Date(2026, 10, 20 - at, 14, 5).getTime() })),
    );
  }

  async #answer(name: CallName, input: { id: string; version: string; text: string; offset: number; limit: number }) {
    switch (name) {
      case 'paper.get': {
        const paper = this.papers.get(input.id);
        if (!paper) throw new OffprintError('not-found', 'There is no such paper.');
        return paper;
      }
      case 'note.set': {
        await this.save(input.id, input.text);
        const paper = this.papers.get(input.id);
        if (paper) this.papers.set(input.id, { ...paper, note: input.text });
        return { changedAt: 1 };
      }
      case 'notes.versions':
        return { versions: this.#versionsOf(input.id) };
      case 'notes.version': {
        await this.held;
        const kept = this.versions.get(input.id)?.[Number(input.version)];
        if (!kept) throw new OffprintError('not-found', 'This version is not kept any more.');
        return { text: kept.text };
      }
      case 'notes.deleted': {
        const deleted = [...this.versions.keys()]
          .filter((id) => (this.papers.get(id)?.note ?? '') === '')
          .flatMap((id) =>
            this.#versionsOf(id)
              .slice(0, 1)
              .map((version) => ({ ...version, id })),
          )
          .map((note) => ({ ...note, title: this.papers.get(note.id)?.title ?? null }));
        return { total: deleted.length, notes: deleted.slice(input.offset, input.offset + input.limit) };
      }
      case 'history.undo':
        return this.undo();
      case 'library.state':
        return aLibrary();
      default:
        throw new Error(`${name} is not expected`);
    }
  }

  #versionsOf(id: PaperId): NoteVersion[] {
    return (this.versions.get(id) ?? []).map(({ text, at }, place) => ({
      version: String(place),
      writtenAt: at,
      replacedAt: at + 3_600_000,
      length: text.length,
      excerpt: text.slice(0, 200),
    }));
  }
}

/** Shows something with a session over a library. @returns the session, and the commands that were given */
export function show(library: NotedLibrary, content: (session: Session) => React.ReactNode) {
  // jsdom has no modal dialogs.
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      this.open = true;
    },
    close(this: HTMLDialogElement) {
      this.open = false;
    },
  });
  Element.prototype.scrollIntoView = () => {};
  const session = new Session(library.client);
  session.store.set({ library: aLibrary(), phase: 'ready' });
  const run = vi.fn();
  render(<SessionContext value={{ session, run }}>{content(session)}</SessionContext>);
  return { session, run };
}
