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

/** Kinds that a page saved as text may be mistaken for when it is mostly short lines. */
const looksAlike = new Set<string | null>([null, 'a list of words', 'a settings file', 'a Markdown document', 'a log']);

function share<T>(items: readonly T[], test: (item: T) => boolean): number {
  return items.length === 0 ? 0 : items.filter(test).length / items.length;
}

/**
 * How sure it is that these are titles and abstracts, from 0 to 1. A page tells itself by its own
 * lines; without them (someone copied only the papers) it must consist of titles and abstracts
 * that read like research, and not be anything else.
 */
function confidence(text: string, paragraphs: readonly Paragraph[], entries: readonly PageEntry[]): number {
  if (entries.length === 0 || paragraphs.some((paragraph) => paragraph.text.length > longestParagraph)) return 0;
  const kind = guessTextKind(text.slice(0, 200_000));
  const signed = paragraphs.filter((paragraph) => isSignature(paragraph.text)).length;
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

function recordOf({ title, abstract }: PageEntry): ImportedRecord {
  const text = abstract.map((paragraph) => paragraph.text).join('\n\n');
  return {
    kind: 'paper',
    where: `line ${title.line}`,
    paper: { ...paperOf(oneLine(title.text)), abstract: text === '' ? null : text },
  };
}

/**
 * The text of a Daily Papers page: page furniture, then titles and abstracts. Which paragraph is
 * which is judged from the whole page (see `readPage`), so abstracts may be missing or have two
 * paragraphs, and there may be no furniture.
 */
export const dailyPapersText: Importer = {
  format: 'daily-papers-text',
  label,
  recognise(beginning, whole) {
    const paragraphs = paragraphsOf(beginning);
    // The last one may be cut in the middle.
    const certain = whole ? paragraphs : paragraphs.slice(0, -1);
    return confidence(beginning, certain, readPage(certain));
  },
  async *read(file) {
    const { name } = file;
    const text = await file.whole();
    const paragraphs = paragraphsOf(text);
    const endless = paragraphs.find((paragraph) => paragraph.text.length > longestParagraph);
    if (endless) {
      throw new OffprintError(
        'bad-input',
        `${name}, line ${endless.line}: a paragraph of ${endless.text.length} characters is no abstract. ` +
          `This is not ${label}. Nothing was imported.`,
      );
    }
    const entries = readPage(paragraphs);
    if (confidence(text, paragraphs, entries) === 0) throw notOfFormat(name, label, text);
    yield* entries.map(recordOf);
  },
};
