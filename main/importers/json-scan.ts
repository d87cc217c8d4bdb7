/** What a character means outside strings: 0 nothing that JSON has, 1 white space or part of a word or number. */
const meanings = new Uint8Array(128);
for (const character of ' \t\n\r\v\f+-.0123456789EeaflnrstuINidyw') meanings[character.charCodeAt(0)] = 1;
const [open, openList, close, closeList, comma, colon] = [2, 3, 4, 5, 6, 7];
for (const [index, character] of [...'{[}],:'].entries()) meanings[character.charCodeAt(0)] = index + 2;
const [quote, backslash] = [34, 92];

/** How far {@link ValueScan.scan} has come: `end` is after the value, or where it is damaged, or how far the text goes. */
export interface Scanned {
  outcome: 'complete' | 'damaged' | 'unfinished';
  end: number;
}

/**
 * Finds where a JSON list, object or string ends, in text that may come in pieces, without looking
 * at what it says. Damage that would make it run on into what follows (a quotation mark too many or
 * too few, a bracket missing) is noticed where it shows: outside strings stand few characters, and
 * brackets stand in few places.
 */
export class ValueScan {
  #at: number;
  readonly #brackets: number[] = [];
  #before = colon;
  #stringFrom = -1;

  /** @param start where the value begins, with its bracket or quotation mark */
  constructor(start: number) {
    this.#at = start;
  }

  /** Says that `length` units have been taken off the front of the text. */
  shift(length: number): void {
    this.#at -= length;
    if (this.#stringFrom !== -1) this.#stringFrom = Math.max(0, this.#stringFrom - length);
  }

  /** Goes on with a text that is longer than before. */
  scan(text: string): Scanned {
    const brackets = this.#brackets;
    let at = this.#at;
    let before = this.#before;
    let outcome: Scanned['outcome'] = 'unfinished';
    while (at < text.length) {
      if (this.#stringFrom !== -1) {
        const end = text.indexOf('"', at);
        if (end === -1) {
          at = text.length;
          break;
        }
        at = end + 1;
        let slash = end - 1;
        while (slash >= this.#stringFrom && text.charCodeAt(slash) === backslash) slash -= 1;
        if ((end - slash) % 2 === 0) continue;
        this.#stringFrom = -1;
        before = quote;
        if (brackets.length > 0) continue;
        outcome = 'complete';
        break;
      }
      const code = text.charCodeAt(at);
      at += 1;
      if (code === quote) {
        this.#stringFrom = at;
        continue;
      }
      const meaning = code < 128 ? (meanings[code] ?? 0) : 0;
      if (meaning === 1) continue;
      const inside = brackets.at(-1);
      let fits = meaning !== 0;
      if (meaning === open || meaning === openList) {
        fits =
          before === colon ? inside !== openList : inside === openList && (before === comma || before === openList);
        brackets.push(meaning);
      } else if (meaning === close || meaning === closeList) {
        fits = inside === meaning - 2;
        brackets.pop();
      }
      before = meaning;
      if (!fits) {
        at -= 1;
        outcome = 'damaged';
        break;
      }
      if (brackets.length === 0) {
        outcome = 'complete';
        break;
      }
    }
    this.#at = at;
    this.#before = before;
    return { outcome, end: at };
  }
}

/** Where the string that begins before `from` ends: its closing quotation mark, or -1. */
export function stringEnd(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 1)) {
    let slash = at - 1;
    while (slash >= from && text.charCodeAt(slash) === backslash) slash -= 1;
    if ((at - slash) % 2 === 1) return at;
  }
  return -1;
}
