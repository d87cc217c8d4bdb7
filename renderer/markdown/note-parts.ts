import type { Node } from 'mdast';
import type { Extension } from 'mdast-util-from-markdown';
import type { gfmTable } from 'micromark-extension-gfm-table';
import { noteLinks, noteTags } from '../../shared/note-syntax.ts';
import type { PaperId } from '../../shared/paper.ts';

/** A link to a paper or a tag in a note: `[from, to)` in UTF-16 units of its source, and of it what is shown. */
export type NotePart = { from: number; to: number; wordsFrom: number; wordsTo: number } & (
  | { kind: 'paper'; id: PaperId }
  | { kind: 'tag'; tag: string }
);

/** What becomes of a {@link NotePart} in the tree of a note. */
export interface NotePartNode extends Node {
  type: 'notePart';
  part: NotePart;
}

declare module 'mdast' {
  interface PhrasingContentMap {
    notePart: NotePartNode;
  }
  interface RootContentMap {
    notePart: NotePartNode;
  }
}

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    notePart: 'notePart';
  }
}

/** All links to papers and tags in a note, in the order of the text. */
export function partsOf(source: string): NotePart[] {
  const links = noteLinks(source).map(({ from, to, id, words }): NotePart => {
    const inside = source.slice(from + 2, to - 2);
    const shown = words ?? inside;
    const at = from + 2 + (words === null ? 0 : inside.indexOf(words, inside.indexOf('|') + 1));
    return { kind: 'paper', id, from, to, wordsFrom: at, wordsTo: at + shown.length };
  });
  const tags = noteTags(source).map(({ from, to, tag }): NotePart => {
    return { kind: 'tag', tag, from, to, wordsFrom: from, wordsTo: to };
  });
  return [...links, ...tags].toSorted((one, other) => one.from - other.from);
}

type Syntax = ReturnType<typeof gfmTable>;
type Construct = Exclude<NonNullable<NonNullable<Syntax['text']>[number]>, readonly unknown[]>;

/**
 * Lets the parser take the links to papers and the tags of a text whole, whatever Markdown would make of the signs in
 * them. They are told by where they stand.
 */
export function notePartSyntax(parts: readonly NotePart[]): { syntax: Syntax; tree: Extension } {
  const byStart = new Map(parts.map((part) => [part.from, part]));
  const construct: Construct = {
    name: 'notePart',
    tokenize(effects, ok, nok) {
      const here = () => this.now().offset;
      const part = byStart.get(here());
      const inside: typeof ok = (code) => {
        if (part && here() >= part.to) {
          effects.exit('notePart');
          return ok(code);
        }
        // A line ends, or the text does.
        if (code === null || code < -2) return nok(code);
        effects.consume(code);
        return inside;
      };
      return (code) => {
        if (!part) return nok(code);
        effects.enter('notePart');
        return inside(code);
      };
    },
  };
  const [bracket, number] = [91, 35];
  return {
    syntax: { text: { [bracket]: construct, [number]: construct } },
    tree: {
      enter: {
        notePart(token) {
          const part = byStart.get(token.start.offset);
          if (part) this.enter({ type: 'notePart', part }, token);
        },
      },
      exit: {
        notePart(token) {
          this.exit(token);
        },
      },
    },
  };
}
