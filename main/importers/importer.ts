/** What one record of an imported file says of a paper. Fields that it does not have are null or empty. */
export interface ImportedPaper {
  /** Not empty, one line, without control characters. */
  title: string;
  /** Not empty when present. */
  abstract: string | null;
  authors: string[];
  /** `2024`, `2024-06` or `2024-06-12`. */
  published: string | null;
  /** As `arxivIdOf` gives it. */
  arxivId: string | null;
  /** As `doiOf` gives it. */
  doi: string | null;
  /** http and https only. */
  links: { label: string; url: string }[];
}

/** One record of an imported file: a paper, or why there is none. `where` names the line or record. */
export type ImportedRecord =
  | { kind: 'paper'; where: string; paper: ImportedPaper }
  | { kind: 'skipped'; where: string; reason: string };

/** The text of a file to import, decoded, without a byte-order mark. */
export interface ImportedText {
  /** The path, or what the text is called; for messages. */
  name: string;
  text: string;
}

/** One input format. It sees text and makes records; it knows neither the database nor the reader's data. */
export interface Importer {
  /** Name of the format in answers and in `--format`. */
  format: string;
  /** What the reader calls it. */
  label: string;
  /**
   * Could this be the beginning of such a file? Judged by content; asked before the rest is read.
   * @param beginning the first characters, possibly cut in the middle
   * @param whole true when `beginning` is the whole file
   * @returns how sure, from 0 (no) to 1
   */
  recognise(beginning: string, whole: boolean): number;
  /**
   * Reads the whole text.
   * @throws OffprintError `bad-input` naming the file when it is not of this format after all
   */
  read(file: ImportedText): Iterable<ImportedRecord>;
}
