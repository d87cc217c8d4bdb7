import type { Definition, Link, Nodes, Parents, RootContent, TableCell } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { gfmTable } from 'micromark-extension-gfm-table';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';
import { createElement, Fragment, type ReactNode } from 'react';
import { imageNameIn } from '../../shared/note-images.ts';
import type { TextRange } from '../../shared/paper.ts';
import { LinkedWords, OutsideLink } from '../text/linked-text.tsx';
import { MarkedText } from '../text/marked-text.tsx';
import { safeHref } from '../text/safe-href.ts';
import { tidyRanges } from '../text/spans.ts';
import { FormulaInNote, formulaSyntax } from './formulas.tsx';
import { headingLevels } from './heading-levels.ts';
import { KeptPicture, PaperLink, TagLink } from './note-elements.tsx';
import { type NotePart, notePartSyntax, partsOf } from './note-parts.ts';
import { rangesShown } from './ranges-shown.ts';

/** Longer texts are shown as they were written: parsing them would hold the window up. */
export const longestRendered = 100_000;
/** Nesting deeper than this is shown as the text it was written as. */
const deepest = 40;

/** What the rendering of one node needs to know of the whole text. */
interface Context {
  source: string;
  /** Search matches in the source, from `tidyRanges`. */
  matches: readonly TextRange[];
  definitions: ReadonlyMap<string, Definition>;
  levels: ReadonlyMap<Nodes, number>;
  /** True inside a link, where no other link may stand. */
  inLink: boolean;
  /** See {@link elementsOf}. */
  onTick: OnTick | null;
}

/** Given where a task stands in the source, at its bullet or number. */
type OnTick = (at: number) => void;

/**
 * Turns Markdown (CommonMark with tables, strikes and task lists) into React elements; no HTML is
 * made on the way. Never throws: what cannot be parsed is shown as written.
 * @param ranges search matches in `text`, in UTF-16 units
 * @param onTick told of a task whose box was ticked; null where none can be
 */
export function elementsOf(text: string, ranges: readonly TextRange[], onTick: OnTick | null = null): ReactNode {
  const matches = tidyRanges(ranges, text.length);
  const asWritten = (
    <p className="as-written">
      <MarkedText text={text} ranges={matches} />
    </p>
  );
  if (text.length > longestRendered) return asWritten;
  try {
    const parts = notePartSyntax(partsOf(text));
    const formulas = formulaSyntax(text);
    const root = fromMarkdown(text, {
      extensions: [gfmTable(), gfmStrikethrough(), gfmTaskListItem(), parts.syntax, formulas.syntax],
      mdastExtensions: [
        gfmTableFromMarkdown(),
        gfmStrikethroughFromMarkdown(),
        gfmTaskListItemFromMarkdown(),
        parts.tree,
        formulas.tree,
      ],
    });
    const definitions = new Map<string, Definition>();
    for (const node of root.children) {
      if (node.type === 'definition' && !definitions.has(node.identifier)) definitions.set(node.identifier, node);
    }
    const context = {
      source: text,
      matches,
      definitions,
      levels: headingLevels(root),
      inLink: false,
      onTick,
      parts: partsOf(text),
    };
    return childrenOf(root, context, 0);
  } catch {
    return asWritten;
  }
}

/** The children as they stand: a text that is parsed anew has no identities to keep, so no keys. */
function childrenOf(parent: Parents, context: Context, depth: number): ReactNode {
  return createElement(Fragment, null, ...parent.children.map((child) => elementOf(child, context, depth + 1)));
}

/** The text that a node was written as. */
function written(node: Nodes, { source }: Context): string {
  return source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
}

/** A text of the node, with its matches marked. */
function marked(node: Nodes, text: string, { source, matches }: Context): ReactNode {
  return <MarkedText text={text} ranges={rangesShown(node, text, source, matches)} />;
}

function elementOf(node: RootContent, context: Context, depth: number): ReactNode {
  if (depth > deepest) return marked(node, written(node, context), context);
  switch (node.type) {
    case 'text':
      if (context.inLink) return marked(node, node.value, context);
      return <LinkedWords text={node.value} ranges={rangesShown(node, node.value, context.source, context.matches)} />;
    case 'notePart':
      return notePart(node.part, context);
    case 'paragraph':
      return <p>{childrenOf(node, context, depth)}</p>;
    case 'heading':
      return createElement(`h${context.levels.get(node) ?? 6}`, null, childrenOf(node, context, depth));
    case 'emphasis':
      return <em>{childrenOf(node, context, depth)}</em>;
    case 'strong':
      return <strong>{childrenOf(node, context, depth)}</strong>;
    case 'delete':
      return <del>{childrenOf(node, context, depth)}</del>;
    case 'inlineCode':
      return <code>{marked(node, node.value, context)}</code>;
    case 'code':
      return (
        <pre>
          <code>{marked(node, node.value, context)}</code>
        </pre>
      );
    case 'blockquote':
      return <blockquote>{childrenOf(node, context, depth)}</blockquote>;
    case 'list':
      return node.ordered ? (
        <ol start={node.start ?? 1}>{childrenOf(node, context, depth)}</ol>
      ) : (
        <ul>{childrenOf(node, context, depth)}</ul>
      );
    case 'listItem':
      return (
        <ListItem checked={node.checked ?? null} at={node.position?.start.offset ?? null} onTick={context.onTick}>
          {childrenOf(node, context, depth)}
        </ListItem>
      );
    case 'break':
      return <br />;
    case 'thematicBreak':
      return <hr />;
    case 'link':
      return linkTo(node.url, childrenOf(node, { ...context, inLink: true }, depth), isItsOwnName(node));
    case 'linkReference': {
      const definition = context.definitions.get(node.identifier);
      return definition
        ? linkTo(definition.url, childrenOf(node, { ...context, inLink: true }, depth))
        : marked(node, written(node, context), context);
    }
    case 'image':
      return picture(node.url, node.alt, context);
    case 'imageReference': {
      const definition = context.definitions.get(node.identifier);
      if (!definition) return marked(node, written(node, context), context);
      return picture(definition.url, node.alt, context);
    }
    case 'table':
      return <Table rows={node.children.map((row) => row.children)} align={node.align ?? []} context={context} />;
    case 'formula': {
      const isMarked = rangesShown(node, written(node, context), context.source, context.matches).length > 0;
      const formula = <FormulaInNote span={node.span} written={written(node, context)} />;
      return isMarked ? <mark>{formula}</mark> : formula;
    }
    case 'definition':
      return null;
    case 'html':
      return marked(node, node.value, context);
    default:
      return marked(node, written(node, context), context);
  }
}

/** A link to a paper or a tag, with what of its words was searched for marked. */
function notePart(part: NotePart, { source, matches, inLink }: Context): ReactNode {
  const { wordsFrom, wordsTo } = part;
  const words = (
    <MarkedText
      text={source.slice(wordsFrom, wordsTo)}
      ranges={matches.map(([from, to]): TextRange => [from - wordsFrom, to - wordsFrom])}
    />
  );
  if (inLink) return words;
  return part.kind === 'paper' ? (
    <PaperLink id={part.id}>{words}</PaperLink>
  ) : (
    <TagLink tag={part.tag}>{words}</TagLink>
  );
}

function imageWords(alt: string | null | undefined): string {
  return alt ? `Picture: ${alt}` : 'Picture';
}

/** A picture of the note's own; of any other, a link to it: nothing is fetched that the reader did not ask for. */
function picture(url: string, alt: string | null | undefined, { inLink }: Context): ReactNode {
  const name = imageNameIn(url);
  if (name !== null) return <KeptPicture name={name} words={alt ?? ''} />;
  return inLink ? imageWords(alt) : linkTo(url, imageWords(alt));
}

/** True for a link of which the words are the address already. */
function isItsOwnName({ url, children }: Link): boolean {
  const [only] = children;
  return children.length === 1 && only?.type === 'text' && only.value === url;
}

/** A link, or just its words where the address may not be followed. Its title says where it leads where they do not. */
function linkTo(url: string, words: ReactNode, isNamed = false): ReactNode {
  const href = safeHref(url);
  if (href === null) return words;
  return (
    <OutsideLink href={href} {...(!isNamed && { title: href })}>
      {words}
    </OutsideLink>
  );
}

interface ListItemProps {
  /** Null for an item that is no task. */
  checked: boolean | null;
  /** Where it stands in the source. */
  at: number | null;
  onTick: OnTick | null;
  children: ReactNode;
}

function ListItem({ checked, at, onTick, children }: ListItemProps) {
  if (checked === null) return <li>{children}</li>;
  const tick = onTick && at !== null ? () => onTick(at) : null;
  return (
    <li className="task">
      <input
        type="checkbox"
        checked={checked}
        disabled={tick === null}
        aria-label={checked ? 'Done' : 'To do'}
        // What it shows is what the note says.
        onChange={() => tick?.()}
      />{' '}
      {children}
    </li>
  );
}

interface TableProps {
  rows: TableCell[][];
  align: readonly ('left' | 'right' | 'center' | null)[];
  context: Context;
}

function Table({ rows, align, context }: TableProps) {
  const [head = [], ...body] = rows;
  const lineOf = (row: TableCell[], tag: 'th' | 'td') => {
    const cells = head.map((_, index) => {
      const cell = row[index];
      return createElement(tag, { className: align[index] ?? undefined }, cell && childrenOf(cell, context, 1));
    });
    return createElement('tr', null, ...cells);
  };
  return (
    <table>
      <thead>{lineOf(head, 'th')}</thead>
      {createElement('tbody', null, ...body.map((row) => lineOf(row, 'td')))}
    </table>
  );
}
