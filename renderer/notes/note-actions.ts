import { createContext } from 'react';
import type { Client } from '../../shared/client.ts';
import type { PaperId } from '../../shared/paper.ts';

/** What a note can ask of the window that shows it. */
export interface NoteActions {
  client: Client;
  /** Names of the library's tags. */
  tags(): readonly string[];
  /** Shows a paper that the note links to. */
  openPaper(id: PaperId): void;
  /** Shows the papers with a tag. */
  showTag(tag: string): void;
  onNotice(message: string, kind: 'info' | 'error'): void;
}

/** Given to notes in the window; null where a note is only to be read, as on paper: nothing in it leads anywhere then. */
export const NoteActionsContext = createContext<NoteActions | null>(null);
