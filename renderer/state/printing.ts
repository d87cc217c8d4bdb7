import type { Paper, PaperId } from '../../shared/paper.ts';
import { loadMathematics } from '../mathematics/use-mathematics.ts';
import { noteSaverOf } from '../reader/note-saver-of.ts';
import { loadMarkdown } from '../reader/use-markdown.ts';
import { notesToPrint, type PrintedNotes, scratchToPrint } from './printing-notes.ts';
import { sizeOf } from './ranges.ts';
import type { Session } from './session.ts';

/** Papers that are printed at once, at most. */
const mostPrinted = 100;

/** The faces of the printed page, of which the window may not have shown each. */
const faces = ['400 16px', '650 16px', 'italic 400 16px'];

/** A paper as it is printed, with its note as it stands in this window. */
export interface PrintedPaper {
  paper: Paper;
  note: string;
}

/** A paper as it is shown, and the stamp of its note; see `NoteSaver`. */
export interface ShownPaper {
  paper: Paper;
  stamp: number;
}

/**
 * Prints papers with their notes, and saves them as PDF files. What is printed is a page of its own, made for it
 * and gone after it; see `PrintedPapers`. A browser that prints by its own menu gets it, too.
 */
export class Printing {
  readonly #session: Session;
  /** The paper in the reader. */
  #shown: ShownPaper | null = null;
  /** True from when a command has made the page until it is printed. */
  #isPrepared = false;
  /** True while the program makes a PDF file of the page. */
  #isSaving = false;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Takes the paper that the reader pane shows, so that it is at hand when the browser prints unasked. */
  readonly show = (shown: ShownPaper | null): void => {
    this.#shown = shown;
  };

  /** Follows the browser's printing. Returns the function that stops following. */
  listen(): () => void {
    const { store } = this.#session;
    const before = () => {
      if (!this.#isPrepared && !this.#isSaving) store.set({ printed: this.#readNow() });
    };
    const after = () => {
      this.#isPrepared = false;
      store.set(this.#isSaving ? { printedNotes: null } : { printed: null, printedNotes: null });
    };
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }

  /** Prints the notes that have a text in them or in the title of their paper; with an empty one all of them. */
  async printNotes(find: string): Promise<void> {
    await this.#printNotes(async () => {
      const { left, ...notes } = await notesToPrint(this.#session, find, Date.now());
      if (left > 0) {
        const message = `These are the last changed ${notes.notes.length} of the notes; ${left} more are not printed.`;
        this.#session.toasts.show('notice', message, { topic: 'print' });
      }
      return notes;
    });
  }

  /** Prints the scratch note. */
  async printScratch(): Promise<void> {
    await this.#printNotes(() => scratchToPrint(this.#session));
  }

  async #printNotes(read: () => Promise<PrintedNotes>): Promise<void> {
    const { store, toasts } = this.#session;
    if (this.#isSaving) return;
    try {
      const [notes] = await Promise.all([read(), loadMarkdown(), loadFaces()]);
      if (notes.notes.length === 0) {
        toasts.show('notice', 'There is nothing to print.', { topic: 'print' });
        return;
      }
      store.set({ printedNotes: notes });
    } catch (error) {
      toasts.fail(error);
      return;
    }
    this.#isPrepared = true;
    window.print();
  }

  /** Prints the selected papers, or the one that is open, by the system's dialog. */
  async print(): Promise<void> {
    if (!(await this.#prepare('print'))) return;
    this.#isPrepared = true;
    window.print();
  }

  /** Saves them as a PDF file; where the program has no dialog for it, that for printing has a way. */
  async savePdf(): Promise<void> {
    const { client, store, toasts } = this.#session;
    if (!store.get().host.pdf) {
      await this.print();
      return;
    }
    if (this.#isSaving) return;
    this.#isSaving = true;
    try {
      if (!(await this.#prepare('save'))) return;
      const name = store.get().printed?.[0]?.paper.title.slice(0, 300) ?? '';
      const { path } = await client.call('print.pdf', { name });
      if (path !== null) toasts.show('done', `Saved as ${path}`, { topic: 'print' });
    } catch (error) {
      toasts.fail(error);
    } finally {
      this.#isSaving = false;
      store.set({ printed: null });
    }
  }

  /** Makes the page; answers false, having said why, when there is nothing to be printed. */
  async #prepare(what: 'print' | 'save'): Promise<boolean> {
    const { store, toasts } = this.#session;
    try {
      const [papers] = await Promise.all([this.#chosen(), loadMarkdown(), loadFaces()]);
      if (papers.length === 0) {
        const words = what === 'print' ? 'printed' : 'saved';
        toasts.show('notice', `No paper is open. Choose the one to be ${words}.`, { topic: 'print' });
        return false;
      }
      const left = this.#selected() - papers.length;
      if (left > 0)
        toasts.show('notice', `These are the first ${papers.length} of the selected papers.`, { topic: 'print' });
      store.set({ printed: papers });
      return true;
    } catch (error) {
      toasts.fail(error);
      return false;
    }
  }

  /** How many papers are selected, where that is to be heeded. */
  #selected(): number {
    const { triage, list } = this.#session.store.get();
    return triage ? 0 : sizeOf(list.selection);
  }

  async #chosen(): Promise<PrintedPaper[]> {
    const { store, list, papers } = this.#session;
    if (this.#selected() > 1) {
      const rows = await list.rowsOf(papers.chosen(), mostPrinted);
      return Promise.all(rows.map(({ id }) => this.#read(id)));
    }
    const { triage, currentId } = store.get();
    const id = triage ? (triage.current?.id ?? null) : currentId;
    return id === null ? [] : [await this.#read(id)];
  }

  async #read(id: PaperId): Promise<PrintedPaper> {
    const { client } = this.#session;
    const stamp = noteSaverOf(client).stamp(id);
    return this.#withNote({ paper: await client.call('paper.get', { id, query: '' }), stamp });
  }

  #withNote({ paper, stamp }: ShownPaper): PrintedPaper {
    return { paper, note: noteSaverOf(this.#session.client).text(paper.id, { note: paper.note, stamp }) };
  }

  /** What is open, without asking for anything: the browser does not wait. */
  #readNow(): PrintedPaper[] {
    const { triage, currentId } = this.#session.store.get();
    if (triage) {
      const { paper = null, stamp = 0 } = triage.current ?? {};
      return paper ? [this.#withNote({ paper, stamp })] : [];
    }
    return this.#shown && this.#shown.paper.id === currentId ? [this.#withNote(this.#shown)] : [];
  }
}

/** Loads what the page is set in, formulas too; a face that cannot be had is printed in the next best. */
async function loadFaces(): Promise<void> {
  await loadMathematics();
  const family = getComputedStyle(document.documentElement).getPropertyValue('--font-page').split(',')[0];
  if (!family || !('fonts' in document)) return;
  const named = [...faces.map((face) => `${face} ${family}`), '16px "STIX Two Math"'];
  await Promise.allSettled(named.map((face) => document.fonts.load(face)));
}
