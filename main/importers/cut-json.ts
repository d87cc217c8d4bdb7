import { stringEnd } from './json-scan.ts';

/** Deeper than any format that we know. */
const deepest = 100;

/**
 * The beginning of a text of JSON that is cut off anywhere, closed so that it can be parsed: a value
 * cut in the middle ends there when it is a string and is left out otherwise, and whatever is open
 * is closed. Damage stays damage. Takes time in proportion to its length.
 */
export function closedJson(beginning: string): string {
  const open: string[] = [];
  const closing = () => open.toReversed().join('');
  /** Up to where the text makes sense when closed there. */
  let whole = 0;
  let isKey = false;
  for (let at = 0; at < beginning.length && open.length < deepest; at += 1) {
    const character = beginning[at];
    if (character === '{' || character === '[') {
      open.push(character === '{' ? '}' : ']');
      isKey = character === '{';
      whole = at + 1;
    } else if (character === '}' || character === ']') {
      if (open.pop() !== character) return beginning;
      whole = at + 1;
    } else if (character === ',') {
      isKey = open.at(-1) === '}';
      whole = at;
    } else if (character === ':') {
      isKey = false;
    } else if (character === '"') {
      const end = stringEnd(beginning, at + 1);
      if (end === -1) return isKey ? beginning.slice(0, whole) + closing() : `${endedString(beginning)}"${closing()}`;
      at = end;
      if (!isKey) whole = at + 1;
    }
  }
  return beginning.slice(0, whole) + closing();
}

/** A text that ends inside a string of JSON, without the escape that it may be cut in. */
function endedString(text: string): string {
  const cut = /\\u?[\dA-Fa-f]{0,3}$/.exec(text.slice(-5));
  if (cut === null) return text;
  let end = text.length - cut[0].length;
  while (text[end - 1] === '\\') end -= 1;
  return text.slice(0, end);
}
