import type { TemplateValues } from '../../shared/note-template.ts';
import type { Paper, PaperId } from '../../shared/paper.ts';
import type { NoteTemplate } from '../../shared/settings.ts';
import { noteSaverOf } from '../reader/note-saver-of.ts';
import { noteOf } from './note-of.ts';
import { citationLink } from './paper-links.ts';
import type { Session } from './session.ts';

/** The note of a paper as it stands in this window, typed and not yet saved text included. */
export interface NoteNow {
  text: string;
  /** Null when the paper is not in the library. */
  title: string | null;
  /** Whether it is on the disk. */
  saved: boolean;
}

/** What a reader does with the texts that notes had before. */
export class NoteActions {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Opens the history of the note of the paper that is looked at; nothing happens where there is none. */
  showHistory(): void {
    const { triage, currentId } = this.#session.store.get();
    const id = triage ? (triage.current?.id ?? null) : currentId;
    if (id !== null) this.#session.dialog({ kind: 'noteHistory', id });
  }

  /**
   * The note as it stands, after a try to save what was typed.
   * @throws OffprintError when the paper cannot be read; one that is not there has no note
   */
  async now(id: PaperId): Promise<NoteNow> {
    const saver = noteSaverOf(this.#session.client);
    await saver.settled(id);
    const stamp = saver.stamp(id);
    const { text: note, title } = await noteOf(this.#session.client, id);
    return { text: saver.text(id, { note, stamp }), title, saved: !saver.unsaved().includes(id) };
  }

  /**
   * Makes a note say what it said before, wherever it is shown or being written; Undo takes it back.
   * Resolves once it is on the disk.
   * @throws OffprintError when it could not be saved; the text is then kept as one that was typed
   */
  async restore(id: PaperId, text: string): Promise<void> {
    await noteSaverOf(this.#session.client).replace(id, text);
  }

  /**
   * Makes an empty note begin with a template, as a step that Undo takes back.
   * @returns whether it was; the reader is told why where it was not
   */
  async begin(id: PaperId, template: NoteTemplate): Promise<boolean> {
    const { client, toasts } = this.#session;
    if (this.#session.isReadOnly()) return false;
    try {
      const isEmpty = async () => {
        if ((await this.now(id)).text === '') return true;
        toasts.show('notice', 'This paper has a note already. A template begins an empty one.', { topic: 'template' });
        return false;
      };
      const [paper, mayBegin] = await Promise.all([client.call('paper.get', { id, query: '' }), isEmpty()]);
      if (!mayBegin) return false;
      // Whoever has no use for the key need not have one made.
      const key = template.text.includes('key') ? (await client.call('citations.key', { id: paper.id })).key : '';
      const { fillTemplate } = await import('../../shared/note-template.ts');
      const filled = fillTemplate(template.text, { ...valuesOf(paper), key });
      // The reader may have begun to write meanwhile.
      if (!(await isEmpty())) return false;
      if (filled !== '') await this.restore(paper.id, filled);
      return true;
    } catch (error) {
      toasts.fail(error);
      return false;
    }
  }

  /** Puts a note's text on the clipboard; answers what to tell the reader. */
  async copy(text: string): Promise<{ done: string } | { problem: string }> {
    try {
      await navigator.clipboard.writeText(text);
      return { done: 'Copied' };
    } catch {
      return { problem: 'The system did not let Offprint use the clipboard.' };
    }
  }
}

function valuesOf(paper: Paper): Omit<TemplateValues, 'key'> {
  const { title, authors, published, abstract } = paper;
  const today = new Date();
  const parts = [today.getFullYear(), today.getMonth() + 1, today.getDate()];
  return {
    ...{ title, authors, abstract: abstract ?? '', year: published?.slice(0, 4) ?? '' },
    ...{ link: citationLink(paper) ?? '', today: parts.map((part) => String(part).padStart(2, '0')).join('-') },
  };
}
