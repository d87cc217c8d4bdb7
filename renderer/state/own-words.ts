/** A piece of a text; `own` when its words are not in all of the texts that it is compared with. */
export interface TextPiece {
  text: string;
  own: boolean;
}

/**
 * Texts with the words marked by which they differ. Where more than half of the words differ,
 * nothing is marked: the texts are different altogether, and marks would only be in the way.
 * @param texts what is compared; empty ones are left aside
 * @returns the pieces of each text, in order and whole
 */
export function ownWords(texts: readonly string[]): TextPiece[][] {
  const words = texts.map((text) => text.split(/(\s+)/).filter((part) => part !== ''));
  const said = words.filter((parts) => parts.length > 0).map((parts) => new Set(parts));
  const marked = words.map((parts) => parts.map((text) => ({ text, own: !isSpace(text) && !inAll(text, said) })));
  const all = marked.flat().filter(({ text }) => !isSpace(text));
  const tooMany = all.filter(({ own }) => own).length > all.length / 2;
  return marked.map((parts) => joined(tooMany ? parts.map(({ text }) => ({ text, own: false })) : parts));
}

const isSpace = (text: string) => /^\s/.test(text);
const inAll = (word: string, texts: readonly Set<string>[]) => texts.every((text) => text.has(word));

/** Pieces of one kind side by side are one; so is the space between two words that are marked. */
function joined(parts: readonly TextPiece[]): TextPiece[] {
  const pieces: TextPiece[] = [];
  for (const [at, part] of parts.entries()) {
    const between = isSpace(part.text) && parts[at - 1]?.own === true && parts[at + 1]?.own === true;
    const own = part.own || between;
    const last = pieces.at(-1);
    if (last?.own === own) last.text += part.text;
    else pieces.push({ text: part.text, own });
  }
  return pieces;
}
