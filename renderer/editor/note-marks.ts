import { type Extension, type Range, RangeSet, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import { type NoteLink, type NoteTag, noteLinks, noteTags } from '../../shared/note-syntax.ts';
import type { TextRange } from '../../shared/paper.ts';

/** Longer notes are looked through for links and tags only when they are saved: each key would wait for it. */
const longestLooked = 100_000;

/** The links to papers and the tags in what is being written. */
interface Found {
  links: readonly NoteLink[];
  tags: readonly NoteTag[];
}

const nothing: Found = { links: [], tags: [] };

function find(text: { length: number; toString(): string }): Found {
  if (text.length > longestLooked) return nothing;
  const written = text.toString();
  return { links: noteLinks(written), tags: noteTags(written) };
}

/** Where the links to papers and the tags stand in the text. */
export const foundInNote = StateField.define<Found>({
  create: (state) => find(state.doc),
  update: (found, { docChanged, newDoc }) => (docChanged ? find(newDoc) : found),
});

const hidden = Decoration.replace({});
const [mark, words, tagged] = ['md-mark', 'md-paper', 'md-tag'].map((name) => Decoration.mark({ class: name }));

/** A link as its words alone while the caret is elsewhere; with its id, dimmed, where it is at it. */
function decorate({ state, visibleRanges, hasFocus }: EditorView): DecorationSet {
  const { links, tags } = state.field(foundInNote);
  const { from: selectedFrom, to: selectedTo } = state.selection.main;
  const isVisible = (from: number, to: number) => visibleRanges.some((range) => from < range.to && to > range.from);
  const ranges: Range<Decoration>[] = [];
  const put = (decoration: Decoration | undefined, from: number, to: number) => {
    if (decoration && to > from) ranges.push(decoration.range(from, to));
  };
  for (const { from, to, words: own } of links) {
    if (!isVisible(from, to)) continue;
    const bar = own === null ? 1 : state.sliceDoc(from, to).indexOf('|');
    const isAtCaret = hasFocus && selectedFrom <= to && selectedTo >= from;
    const aside = isAtCaret ? mark : hidden;
    put(aside, from, from + bar + 1);
    put(words, from + bar + 1, to - 2);
    put(aside, to - 2, to);
  }
  for (const { from, to } of tags) if (isVisible(from, to)) put(tagged, from, to);
  return Decoration.set(ranges, true);
}

const shownMarks = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = decorate(view);
    }

    update({ view, docChanged, viewportChanged, selectionSet, focusChanged }: ViewUpdate): void {
      // While characters are being composed, nothing under them may be made anew.
      if (view.composing) this.decorations = docChanged ? RangeSet.empty : this.decorations;
      else if (docChanged || viewportChanged || selectionSet || focusChanged) this.decorations = decorate(view);
    }
  },
  { decorations: ({ decorations }) => decorations },
);

/** Says where the words that were searched for stand; until the text is changed. */
export const setMatches = StateEffect.define<readonly TextRange[]>();

const matched = Decoration.mark({ tagName: 'mark' });

const shownMatches = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(matches, transaction) {
    const kept = transaction.docChanged ? Decoration.none : matches;
    const said = transaction.effects.find((effect) => effect.is(setMatches));
    if (!said) return kept;
    const { length } = transaction.newDoc;
    const ranges = (said.value as readonly TextRange[]).filter(([from, to]) => from < to && to <= length);
    return Decoration.set(
      ranges.map(([from, to]) => matched.range(from, to)),
      true,
    );
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Each line runs the way its own first letters do. */
const bothWays = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = directed(view);
    }

    update({ view, docChanged, viewportChanged }: ViewUpdate): void {
      if (docChanged || viewportChanged) this.decorations = directed(view);
    }
  },
  { decorations: ({ decorations }) => decorations },
);

const itsOwnWay = Decoration.line({ attributes: { dir: 'auto' } });

function directed({ state, visibleRanges }: EditorView): DecorationSet {
  const lines: Range<Decoration>[] = [];
  for (const { from, to } of visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = state.doc.lineAt(at);
      lines.push(itsOwnWay.range(line.from));
      at = line.to + 1;
    }
  }
  return Decoration.set(lines, true);
}

/** Links to papers, tags, what was searched for, and the direction of each line. */
export function noteMarks(): Extension {
  return [foundInNote, shownMarks, shownMatches, bothWays, EditorView.perLineTextDirection.of(true)];
}
