import { OffprintError } from '../../shared/outcome.ts';
import { oneLine } from './clean-text.ts';
import { guessTextKind } from './guess-kind.ts';
import { type ImportedRecord, type Importer, paperOf } from './importer.ts';
import { notOfFormat } from './not-of-format.ts';
import { isSignature } from './page-furniture.ts';
import { readsLikeResearch } from './paragraph-scores.ts';
import { type Paragraph, paragraphsOf } from './paragraphs.ts';
import { type PageEntry, readPage } from './read-page.ts';

const label = 'a Daily Papers page saved as text';

/** Far above any abstract, in UTF-16 units; a longer paragraph is no capture. */
const longestParagraph = 50_000;

/** How much of a text is understood as one page, in UTF-16 units: some hundreds of papers. */
const blockLength = 1024 * 1024;
/** A text with no more than a few papers in so much is no page. */
const longestBlock = 4 * blockLength;
/** Papers at the end of a block that are read again with what follows. */
const leftToNext = 3;

/** Kinds that a page saved as text may be mistaken for when it is mostly short lines. */
const looksAlike = new Set<string | null>([null, 'a list of words', 'a settings file', 'a Markdown document', 'a log']);

function share<T>(items: readonly T[], test: (item: T) => boolean): number {
  return items.length === 0 ? 0 : items.filter(test).length / items.length;
}

/** A part of a page that is understood as one; of nearly all pages it is the whole. */
interface Block {
  text: string;
  paragraphs: readonly Paragraph[];
  entries: readonly PageEntry[];
  /** How many lines up to its end only a Daily Papers page has. */
  signed: number;
}

function signaturesIn(paragraphs: readonly Paragraph[]): number {
  return paragraphs.filter(({ text }) => isSignature(text)).length;
}

/**
 * How sure it is that these are titles and abstracts, from 0 to 1. A page tells itself by its own
 * lines; without them (someone copied only the papers) it must consist of titles and abstracts
 * that read like research, and not be anything else.
 */
function confidence({ text, paragraphs, entries, signed }: Block): number {
  if (entries.length === 0 || paragraphs.some((paragraph) => paragraph.text.length > longestParagraph)) return 0;
  const kind = guessTextKind(text.slice(0, 200_000));
  const whole = entries.filter(({ abstract }) => abstract.length > 0);
  // The more a page tells itself, the less its titles have to.
  const least = signed >= 2 ? -1.5 : 1;
  const plausible = share(entries, ({ titleScore, abstract }) => titleScore >= least || abstract.length > 0);
  if (signed >= 1 && looksAlike.has(kind) && plausible >= 0.6) return 0.95;
  if (kind !== null) return 0;
  const furniture = paragraphs.length - entries.reduce((sum, { abstract }) => sum + 1 + abstract.length, 0);
  const inAbstracts = whole.reduce((sum, { abstract }) => sum + abstract.length, 0);
  const isPapers =
    whole.length >= entries.length * 0.5 &&
    inAbstracts <= whole.length * 2 &&
    furniture <= paragraphs.length * 0.4 &&
    (share(whole, ({ titleScore }) => titleScore >= 0) >= (whole.length < 5 ? 1 : 0.8) ||
      share(whole, ({ titleScore }) => titleScore >= 2) >= 0.6) &&
    (share(whole, isResearch) >= (whole.length === 1 ? 1 : 0.6) || isEven(entries));
  return isPapers ? 0.7 : 0;
}

/**
 * True when a title in capitals and one long paragraph follow each other throughout: so even is
 * nothing else that people write, whatever language the abstracts are in.
 */
function isEven(entries: readonly PageEntry[]): boolean {
  const isPair = ({ titleScore, abstract }: PageEntry) =>
    titleScore >= 4 && abstract.length === 1 && (abstract[0]?.text.length ?? 0) >= 300;
  return entries.length >= 3 && entries.every(isPair);
}

function isResearch({ abstract }: PageEntry): boolean {
  return readsLikeResearch(abstract.map(({ text }) => text).join(' '));
}

function recordOf({ title, abstract }: PageEntry, linesBefore: number): ImportedRecord {
  const text = abstract.map((paragraph) => paragraph.text).join('\n\n');
  return {
    kind: 'paper',
    where: `line ${linesBefore + title.line}`,
    paper: { ...paperOf(oneLine(title.text)), abstract: text === '' ? null : text },
  };
}

/** Where a line of a text begins, counted from 1. */
function offsetOf(text: string, line: number): number {
  let offset = 0;
  for (let at = 1; at < line; at += 1) offset = text.indexOf('\n', offset) + 1;
  return offset;
}

/** A page that is read block by block, so that memory does not grow with it. */
class PageReader {
  readonly #name: string;
  #linesBefore = 0;
  #signed = 0;

  constructor(name: string) {
    this.#name = name;
  }

  /**
   * @param last true when nothing follows; if not, the last few papers are left to the next block,
   * which shows what stands after them
   * @returns the papers, and where in `text` the next block begins: 0 when it takes more of it
   */
  read(text: string, last: boolean): { records: ImportedRecord[]; rest: number } {
    const paragraphs = paragraphsOf(text);
    this.#refuseEndless(paragraphs);
    const entries = readPage(paragraphs);
    const end = last ? entries.length : Math.max(0, entries.length - leftToNext);
    const final = entries[end - 1];
    if (!last && !final) return { records: [], rest: 0 };
    const block = { text, paragraphs, entries, signed: this.#signed + signaturesIn(paragraphs) };
    if (confidence(block) === 0) throw notOfFormat(this.#name, label, text);
    const records = entries.slice(0, end).map((entry) => recordOf(entry, this.#linesBefore));
    const done = final ? paragraphs.indexOf(final.abstract.at(-1) ?? final.title) + 1 : paragraphs.length;
    const next = paragraphs[done];
    if (last || !next) return { records, rest: text.length };
    this.#signed += signaturesIn(paragraphs.slice(0, done));
    this.#linesBefore += next.line - 1;
    return { records, rest: offsetOf(text, next.line) };
  }

  #refuseEndless(paragraphs: readonly Paragraph[]): void {
    const endless = paragraphs.find((paragraph) => paragraph.text.length > longestParagraph);
    if (!endless) return;
    throw new OffprintError(
      'bad-input',
      `${this.#name}, line ${this.#linesBefore + endless.line}: a paragraph of ${endless.text.length} characters is ` +
        `no abstract. This is not ${label}. Nothing was imported.`,
    );
  }
}

/**
 * The text of a Daily Papers page: page furniture, then titles and abstracts. Which paragraph is
 * which is judged from the whole page (see `readPage`), so abstracts may be missing or have two
 * paragraphs, and there may be no furniture. What is longer than any page is many of them, and is
 * judged in parts of about a megabyte.
 */
export const dailyPapersText: Importer = {
  format: 'daily-papers-text',
  label,
  recognise(beginning, whole) {
    const all = paragraphsOf(beginning);
    // The last one may be cut in the middle.
    const paragraphs = whole ? all : all.slice(0, -1);
    const entries = readPage(paragraphs);
    return confidence({ text: beginning, paragraphs, entries, signed: signaturesIn(paragraphs) });
  },
  async *read(file) {
    const reader = new PageReader(file.name);
    let parts: string[] = [];
    let length = 0;
    let enough = blockLength;
    for await (const piece of file.pieces()) {
      parts.push(piece);
      length += piece.length;
      if (length < enough) continue;
      const text = parts.join('');
      const { records, rest } = reader.read(text, false);
      yield* records;
      parts = [text.slice(rest)];
      length -= rest;
      // Where hardly a paper is found, looking again at every piece would take the square of the time.
      enough = Math.max(blockLength, 2 * length);
      if (enough > longestBlock) throw notOfFormat(file.name, label, text);
    }
    yield* reader.read(parts.join(''), true).records;
  },
};
