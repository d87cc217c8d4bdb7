import {
  type ExportedPaper,
  exportedPaperSchema,
  exportFormat,
  exportSchemaNumber,
} from '../../shared/offprint-export.ts';

/** Text is given out in pieces of about this many UTF-16 units. */
const pieceLength = 64 * 1024;

const fields = Object.keys(exportedPaperSchema.shape) as (keyof ExportedPaper)[];

function isSaid(field: keyof ExportedPaper, value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === false) return false;
  return Array.isArray(value) ? value.length > 0 : field !== 'status' || value !== 'unread';
}

function lineOf(paper: ExportedPaper): string {
  // Numbers of sources mean nothing in another library.
  const sources = paper.sources.map(({ name, format, formatLabel, importedAt, place }) => ({
    name,
    format,
    formatLabel,
    importedAt,
    place,
  }));
  const all = { ...paper, sources };
  const said = fields.filter((field) => isSaid(field, all[field]));
  return `${JSON.stringify(Object.fromEntries(said.map((field) => [field, all[field]])))}\n`;
}

/**
 * Papers as Offprint's own export: UTF-8 text of JSON lines. The first line is
 * `{"format":"offprint-export","schema":1,"exportedAt":…}`, the last is
 * `{"end":"offprint-export","papers":…}`, and every one between is a paper with all that is known
 * of it and all that the reader has said of it (`exportedPaperSchema`). Papers are asked for one
 * by one, and memory does not grow with their number.
 * @param papers in the order in which they are to be written; a `Paper` will do
 * @param exportedAt milliseconds since 1970
 * @returns the text, in pieces
 */
export async function* exportPapers(
  papers: Iterable<ExportedPaper> | AsyncIterable<ExportedPaper>,
  exportedAt: number,
): AsyncGenerator<string, void> {
  let piece = `${JSON.stringify({ format: exportFormat, schema: exportSchemaNumber, exportedAt })}\n`;
  let count = 0;
  for await (const paper of papers) {
    piece += lineOf(paper);
    count += 1;
    if (piece.length >= pieceLength) {
      yield piece;
      piece = '';
    }
  }
  yield `${piece}${JSON.stringify({ end: exportFormat, papers: count })}\n`;
}
