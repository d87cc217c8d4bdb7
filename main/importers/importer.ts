import type { Highlight } from '../../shared/highlights.ts';
import type { PaperLink, PaperVersion, Status } from '../../shared/paper.ts';

/** What an imported file says that a reader said of a paper: never taken without being asked for. */
export interface ImportedMarks {
  /** Markdown, or empty. */
  note: string;
  tags: string[];
  status: Status | null;
  starred: boolean;
  /** What is highlighted in the abstract; left out for nothing. */
  highlights?: Highlight[];
}

/**
 * What one record of an imported file says of a paper. Fields that it does not have are null or
 * empty. Text is clean: see `clean-text.ts`.
 */
export interface ImportedPaper {
  /** Not empty, one line, without control characters. */
  title: string;
  /** Not empty when present. */
  abstract: string | null;
  /** Names as they are read aloud: given name first. */
  authors: string[];
  /** When it first appeared: `2024`, `2024-06` or `2024-06-12`. */
  published: string | null;
  /** When this version of its text appeared, in the same form. */
  updated: string | null;
  /** As `arxivIdOf` gives it. */
  arxivId: string | null;
  /** As `doiOf` gives it. */
  doi: string | null;
  /** arXiv categories, the primary one first: `cs.LG`. */
  categories: string[];
  /** Journal, proceedings or publisher. */
  venue: string | null;
  /** Volume, issue and pages as one line, arXiv's `journal-ref` for one. */
  journalReference: string | null;
  /** What the authors remark: arXiv's `comments`, "12 pages, 3 figures". */
  comment: string | null;
  /** http and https only. */
  links: PaperLink[];
  /** Votes and comments when it was captured. */
  votes: number | null;
  comments: number | null;
  /** Subject words that came with the record; not the reader's tags. */
  keywords: string[];
  /** A summary that a machine wrote. */
  summary: string | null;
  /** Versions that arXiv lists, oldest first. */
  versions: PaperVersion[];
  /** What LaTeX documents cite it by. */
  citationKey: string | null;
  /** BibTeX's words for kinds of work: `article`, `inproceedings`, `book`, `misc`… */
  kind: string | null;
  /** What the file says that a reader said; null when it says nothing of the sort. */
  marks: ImportedMarks | null;
}

/** A paper of which nothing but the title is known. */
export function paperOf(title: string): ImportedPaper {
  return {
    title,
    abstract: null,
    authors: [],
    published: null,
    updated: null,
    arxivId: null,
    doi: null,
    categories: [],
    venue: null,
    journalReference: null,
    comment: null,
    links: [],
    votes: null,
    comments: null,
    keywords: [],
    summary: null,
    versions: [],
    citationKey: null,
    kind: null,
    marks: null,
  };
}

/** One record of an imported file: a paper, or why there is none. `where` names the line or record. */
export type ImportedRecord =
  | { kind: 'paper'; where: string; paper: ImportedPaper }
  | { kind: 'skipped'; where: string; reason: string };

/** The text of a file to import: decoded, without a byte-order mark, lines ending with `\n`, read as it is needed. */
export interface ImportedText {
  /** The path, or what the text is called; for messages. */
  name: string;
  /** The text in pieces, cut anywhere but inside a surrogate pair. Asked for once. */
  pieces(): AsyncIterable<string>;
  /**
   * The whole text at once, for formats that can only be understood whole.
   * @throws OffprintError `bad-input` when it is longer than `longestWhole`
   */
  whole(): Promise<string>;
}

/** Longest text that a format may ask for whole, in UTF-16 units. */
export const longestWhole = 96 * 1024 * 1024;

/** One input format. It sees text and makes records; it knows neither the database nor the reader's data. */
export interface Importer {
  /** Name of the format in answers and in `--format`. */
  format: string;
  /** What the reader calls it, to complete "It seems to be …": `a BibTeX file`. */
  label: string;
  /**
   * Could this be the beginning of such a file? Judged by content; asked before the rest is read.
   * Must not take long for any input.
   * @param beginning the first characters (up to 256 Ki), possibly cut in the middle
   * @param whole true when `beginning` is the whole file
   * @param name what the file is called; may break a tie and nothing else
   * @returns how sure, from 0 (no) to 1
   */
  recognise(beginning: string, whole: boolean, name: string): number;
  /**
   * Reads the text as a stream: memory must not grow with the file, except for formats that can
   * only be understood whole. A record that cannot be understood is `skipped` with its place and
   * the reason; it never ends the reading. Awaits at least once for every few hundred records, so
   * that whoever reads can be told to stop.
   * @throws OffprintError `bad-input` naming the file when it is not of this format after all
   */
  read(file: ImportedText): AsyncIterable<ImportedRecord>;
}
