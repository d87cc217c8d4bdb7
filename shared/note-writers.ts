import { notePrint } from './note-print.ts';
import { longestNote, type PaperId } from './paper.ts';
import { isChangedOtherwise, joinedNotes } from './unsaved-note.ts';

/** A text that is to take the place of a note; see `note.set` of the contract. */
export interface WrittenNote {
  text: string;
  /** Prints of what the note may say as far as its writer knows. */
  over: readonly string[];
  /** Whether both texts are kept where the note says something else. */
  joins: boolean;
}

/** Of so many notes it is remembered what was written over. */
const mostRemembered = 1000;

/**
 * What becomes of the texts of notes where several windows write that need not know of one another, and where what one
 * of them sends need not arrive in order.
 */
export class NoteWriters {
  /** The prints of what a note says now and of what that was written over. */
  readonly #last = new Map<PaperId, { print: string; over: readonly string[] }>();

  /**
   * What a note is to say with a text that is to take its place: that, or below what it says now, or (null) nothing new.
   * @param saved what it says now
   */
  decide(id: PaperId, saved: string, written: WrittenNote): string | null {
    const text = this.#wanted(id, saved, written);
    if (text === null) return null;
    this.#last.delete(id);
    this.#last.set(id, { print: notePrint(text), over: written.over });
    const [oldest] = this.#last.keys();
    if (this.#last.size > mostRemembered && oldest !== undefined) this.#last.delete(oldest);
    return text;
  }

  #wanted(id: PaperId, saved: string, { text, over, joins }: WrittenNote): string | null {
    if (!isChangedOtherwise({ text, over }, saved)) return text;
    if (!joins || saved.includes(text) || this.#isSuperseded(id, saved, text)) return null;
    const both = joinedNotes(saved, text);
    // Where both are too long it is what was typed last; the other is in the note's history.
    return both.length > longestNote ? text : both;
  }

  /** Whether whoever wrote what stands there now knew this text: it was sent before that, and arrives after it. */
  #isSuperseded(id: PaperId, saved: string, text: string): boolean {
    const last = this.#last.get(id);
    return last !== undefined && last.print === notePrint(saved) && last.over.includes(notePrint(text));
  }
}
