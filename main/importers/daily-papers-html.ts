import { Parser } from 'htmlparser2';
import { arxivIdOf } from '../../shared/identifiers.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { oneLine } from './clean-text.ts';
import { dailyPaperOf, judgeDailyPaper } from './daily-papers-record.ts';
import { type ImportedRecord, type ImportedText, type Importer, longestWhole, paperOf } from './importer.ts';
import type { JsonElement } from './json-reader.ts';
import { JsonStream } from './json-stream.ts';
import { notOfFormat } from './not-of-format.ts';
import { titleOf } from './paper-fields.ts';

const label = 'a saved Daily Papers page';

/** A page nests some forty elements; what nests this deep is none, and would be slow to read. */
const deepest = 2000;

/** Links to a paper: of what is under it, only the link itself is the title. */
const paperLink = /^(?:https?:\/\/(?:www\.)?huggingface\.co)?\/papers\/([^/?#]+)$/;

/** What stands on the page beside titles as links to papers. */
const noTitle =
  /^(?:[\d\W]*|\d+ (?:authors?|comments?|replies|votes?|upvotes?)|view|read more|paper|arxiv page|abstract)$/i;

/** Reads a page as it comes, and keeps what speaks of papers: the JSON, and the links. */
class PageReader {
  /** The JSON that the page carries for its own scripts. */
  readonly props: string[] = [];
  /** Titles that are to be seen, by arXiv number. */
  readonly titles = new Map<string, string>();
  /** True once the rest need not be read. */
  tooDeep = false;
  readonly #parser: Parser;
  #depth = 0;
  #link: { id: string; text: string } | null = null;

  constructor() {
    this.#parser = new Parser(
      {
        onopentag: (name, attributes) => this.#open(name, attributes),
        ontext: (data) => {
          if (this.#link && this.#link.text.length < 5000) this.#link.text += data;
        },
        onclosetag: (name) => this.#close(name),
      },
      { decodeEntities: true },
    );
  }

  write(piece: string): void {
    this.#parser.write(piece);
  }

  end(): void {
    // A page may be cut off inside the attribute, which then ends here.
    if (!this.tooDeep) this.#parser.write('">');
    this.#parser.end();
  }

  #open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#depth += 1;
    if (this.#depth > deepest) {
      this.tooDeep = true;
      this.#parser.pause();
    }
    const props = attributes['data-props'];
    if (attributes['data-target'] === 'DailyPapers' && props !== undefined) this.props.push(props);
    if (name !== 'a') return;
    const id = arxivIdOf(paperLink.exec(attributes['href'] ?? '')?.[1] ?? '');
    this.#link = id === null ? null : { id, text: '' };
  }

  #close(name: string): void {
    this.#depth -= 1;
    if (name !== 'a' || this.#link === null) return;
    const { id, text } = this.#link;
    this.#link = null;
    const title = oneLine(text);
    if (!noTitle.test(title) && title.length > (this.titles.get(id)?.length ?? 0)) this.titles.set(id, title);
  }
}

async function readPage(file: ImportedText): Promise<{ page: PageReader; beginning: string }> {
  const page = new PageReader();
  let length = 0;
  let beginning = '';
  for await (const piece of file.pieces()) {
    length += piece.length;
    if (length > longestWhole) {
      throw new OffprintError('bad-input', `${file.name} is too long for ${label}. Nothing was imported.`);
    }
    if (beginning.length < 10_000) beginning += piece;
    page.write(piece);
    if (page.tooDeep) break;
  }
  page.end();
  return { page, beginning };
}

function elementsIn(props: readonly string[]): JsonElement[] {
  const stream = new JsonStream(judgeDailyPaper);
  const elements = [...props.flatMap((json) => stream.write(json)), ...stream.end()];
  // JSON without any paper is as good as none: what is to be seen is read instead.
  return elements.some((element) => 'value' in element) ? elements : [];
}

/**
 * A saved Daily Papers page. The page carries its papers as JSON, in the attribute `data-props` of
 * the element with `data-target="DailyPapers"`; where that is missing or damaged, the titles that
 * are to be seen are papers, too. The page is parsed as text and never shown.
 */
export const dailyPapersHtml: Importer = {
  format: 'daily-papers-html',
  label,
  recognise(beginning) {
    if (!/^\s*</.test(beginning)) return 0;
    if (/data-target\s*=\s*["']?DailyPapers["'\s>]/.test(beginning)) return 0.97;
    const links = new Set(beginning.match(/href="[^"\s]{0,40}\/papers\/\d{4}\.\d{4,5}"/g));
    if (links.size >= 3) return 0.9;
    // Pages saved with their pictures and styles have their papers far below.
    return /<html/i.test(beginning) && /huggingface\.co\/papers|<title>\s*Daily Papers/i.test(beginning) ? 0.7 : 0;
  },
  async *read(file): AsyncGenerator<ImportedRecord, void> {
    const { page, beginning } = await readPage(file);
    const elements = elementsIn(page.props);
    const known = new Set<string>();
    let damaged = elements.length === 0;
    let count = 0;
    for (const element of elements) {
      const outcome = 'reason' in element ? element.reason : dailyPaperOf(element.value);
      if ('reason' in element) damaged = true;
      count += 1;
      if (typeof outcome === 'string') yield { kind: 'skipped', where: element.where, reason: outcome };
      else {
        if (outcome.arxivId !== null) known.add(outcome.arxivId);
        yield { kind: 'paper', where: element.where, paper: outcome };
      }
    }
    if (damaged) {
      for (const [index, [arxivId, text]] of [...page.titles].entries()) {
        const title = titleOf(text);
        if (known.has(arxivId) || 'reason' in title) continue;
        count += 1;
        yield { kind: 'paper', where: `link ${index + 1}`, paper: { ...paperOf(title.title), arxivId } };
      }
    }
    if (count === 0) throw notOfFormat(file.name, label, beginning);
  },
};
