import { withImagesUp } from '../../shared/note-images.ts';
import { noteLinks } from '../../shared/note-syntax.ts';
import type { ExportedPaper } from '../../shared/offprint-export.ts';
import type { PaperId } from '../../shared/paper.ts';
import { closedMarkdown } from './closed-markdown.ts';
import { ownValuesOf } from './front-matter.ts';
import { managedBegin, managedEndFor } from './markdown-marks.ts';
import { markdownLine, markdownLink, markdownParagraphs } from './markdown-text.ts';
import { yamlList, yamlText } from './yaml-text.ts';

/** Every property of front matter that is ours. */
export const ownProperties: ReadonlySet<string> = new Set(
  'title aliases authors year published venue citekey id arxiv doi url status starred tags'.split(' '),
);

/** A property of front matter: its name, and the text that stands behind `name:`, which may have further lines. */
export interface FrontMatterProperty {
  name: string;
  /** Begins with a space, or with a line end where a list follows; does not end with one. */
  yaml: string;
}

/** A paper as a Markdown file. */
export interface MarkdownPaper {
  /** Name of the file, without its ending; safe on every system. */
  name: string;
  frontMatter: FrontMatterProperty[];
  /** Markdown: the title, the abstract and the note. Has neither of the two marks in it. */
  managed: string;
}

/** How a paper becomes a Markdown file. */
export interface MarkdownPaperOptions {
  /** Whether notes, tags, status and star go with it. */
  notes: boolean;
  /** The file name of another paper's file, for links between notes; null where it has none. Without it links stay as they are. */
  fileOf?: ((id: PaperId) => string | null) | undefined;
  /** `../` for each folder that the file is within the one that has the pictures. */
  imagesUp?: string | undefined;
}

/** Names that Windows keeps for itself. */
const kept = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** A citation key as the name of a file on every system: no separators, no leading or trailing dot, at most 100 characters. */
export function fileNameOf(key: string): string {
  const safe = key
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}_+=@.,-]+/gu, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '')
    .slice(0, 100)
    .toWellFormed()
    .replace(/[\ufffd.-]+$/, '');
  return safe === '' || kept.test(safe.split('.')[0] ?? '') ? `paper-${safe}`.replace(/-$/, '') : safe;
}

/**
 * A tag as Obsidian takes one: no spaces or signs but `_`, `-` and `/`, and not all digits.
 * https://help.obsidian.md/tags#Tag+format
 */
export function markdownTag(tag: string): string {
  const words = tag
    .normalize('NFC')
    .split('/')
    .map((part) => part.trim().replaceAll(/[^\p{L}\p{M}\p{N}\p{Emoji_Presentation}_-]+/gu, '-'))
    .map((part) => part.replaceAll(/^-+|-+$/g, ''))
    .filter((part) => part !== '')
    .join('/');
  return /^[\p{N}/]*$/u.test(words) ? `_${words}` : words;
}

function linksOf({ arxivId, doi, links }: ExportedPaper): { words: string; address: string }[] {
  const all = [
    ...(arxivId === null ? [] : [{ words: `arXiv:${arxivId}`, address: `https://arxiv.org/abs/${arxivId}` }]),
    ...(doi === null ? [] : [{ words: `doi:${doi}`, address: `https://doi.org/${encodeURI(doi.toWellFormed())}` }]),
    ...links.map(({ label, url }) => ({ words: label || new URL(url).hostname, address: url })),
  ];
  const seen = new Set<string>();
  return all.filter(({ address }) => !seen.has(address) && seen.add(address));
}

function frontMatterOf(paper: ExportedPaper, key: string, notes: boolean): FrontMatterProperty[] {
  const { id, title, authors, published, arxivId, doi, venue } = paper;
  const properties: FrontMatterProperty[] = [];
  const add = (name: string, yaml: string | null) => {
    if (yaml !== null) properties.push({ name, yaml });
  };
  const text = (value: string | null) => (value === null ? null : ` ${yamlText(value)}`);
  add('title', text(title));
  add('aliases', yamlList([title]));
  add('authors', authors.length === 0 ? null : yamlList(authors));
  add('year', published === null ? null : ` ${published.slice(0, 4)}`);
  // Obsidian takes a whole date only for one.
  add('published', published === null ? null : published.length === 10 ? ` ${published}` : text(published));
  add('venue', text(venue));
  add('citekey', text(key));
  add('id', text(id));
  add('arxiv', text(arxivId));
  add('doi', text(doi));
  add('url', text(linksOf(paper)[0]?.address ?? null));
  if (notes) {
    add('status', text(paper.status));
    add('starred', ` ${paper.starred}`);
    const tags = [...new Set(paper.tags.map(markdownTag))];
    add('tags', yamlList(tags));
  }
  return properties;
}

/** A note with its links to papers as links to their files, and its pictures where they are for its own. */
function noteOf(note: string, { fileOf, imagesUp = '' }: MarkdownPaperOptions): string {
  let text = '';
  let at = 0;
  for (const { from, to, id, words } of fileOf === undefined ? [] : noteLinks(note)) {
    const file = fileOf?.(id) ?? null;
    if (file === null) continue;
    text += `${note.slice(at, from)}[[${file}${words === null ? '' : `|${words}`}]]`;
    at = to;
  }
  return closedMarkdown(withImagesUp(text + note.slice(at), imagesUp));
}

/** How the text of a paper is said. */
export interface MarkdownTextOptions extends MarkdownPaperOptions {
  /** Level of the heading that is the title; those within are one deeper. */
  level: number;
  /** Lines of facts that stand under the authors, in Markdown. */
  facts?: readonly string[];
}

/** A paper as Markdown: title, authors, where it appeared, abstract and note, each behind an empty line. */
export function markdownText(paper: ExportedPaper, options: MarkdownTextOptions): string {
  const { level, notes, facts = [] } = options;
  const heading = '#'.repeat(level);
  const links = linksOf(paper).map(({ words, address }) => markdownLink(words, address));
  const where = [paper.published ?? '', paper.venue ?? ''].filter((fact) => fact !== '').map(markdownLine);
  const note = notes ? paper.note.trim() : '';
  const quotes = notes ? paper.highlights.map(({ quote }) => `> ${markdownLine(quote)}`) : [];
  const blocks = [
    `${heading} ${markdownLine(paper.title)}`,
    paper.authors.map(markdownLine).join(', '),
    [...where, ...links].join(' · '),
    ...facts,
    ...(paper.abstract === null ? [] : [`${heading}# Abstract`, markdownParagraphs(paper.abstract)]),
    ...(paper.comment === null ? [] : [`*${markdownLine(paper.comment)}*`]),
    ...(quotes.length === 0 ? [] : [`${heading}# Highlights`, ...quotes]),
    ...(note === '' ? [] : [`${heading}# Note`, noteOf(note, options)]),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

/**
 * A paper as a Markdown file of its own, in the parts that are ours: front matter that Obsidian and Zettlr read, and
 * the text. What the reader writes into the file besides is not touched by anybody who puts these into it.
 * @param key the citation key, which the file is named after
 */
export function markdownPaper(
  paper: ExportedPaper,
  key: string,
  options: MarkdownPaperOptions = { notes: true },
): MarkdownPaper {
  return {
    name: fileNameOf(key),
    frontMatter: frontMatterOf(paper, key, options.notes),
    // No note may end our part.
    managed: markdownText(paper, { ...options, level: 1 }).replaceAll('%% offprint:', '%%  offprint:'),
  };
}

/** A new file of a paper, as {@link markdownPaper} has it: front matter, our part between its marks, and room behind it. */
export function markdownFile({ frontMatter, managed }: MarkdownPaper): string {
  const properties = frontMatter.map(({ name, yaml }) => `${name}:${yaml}\n`).join('');
  return `---\n${properties}---\n\n${managedBegin}\n\n${managed}\n\n${managedEndFor(managed, ownValuesOf({ frontMatter }))}\n`;
}
