import { arxivIdOf, doiOf } from '../../shared/identifiers.ts';
import {
  type ExportedPaper,
  exportEndSchema,
  exportedPaperSchema,
  exportFormat,
  exportHeaderSchema,
  exportSchemaNumber,
} from '../../shared/offprint-export.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { withoutControls } from './clean-text.ts';
import type { ImportedMarks, ImportedPaper, ImportedRecord, Importer } from './importer.ts';
import { JsonLines } from './json-lines.ts';
import type { JsonObject } from './json-values.ts';
import { linkOf, linksOf } from './links.ts';
import { notOfFormat } from './not-of-format.ts';
import { lineOf, namesOf, noteOf, tagsOf, titleOf, wordsOf } from './paper-fields.ts';
import { readDate } from './read-date.ts';

const label = 'an Offprint export';

const textOrNull = (text: string | null) => (text === null ? null : withoutControls(text).trim() || null);
const countOrNull = (count: number | null) => (count === null || count < 0 ? null : count);
const dayOrNull = (date: string | null) => (date === null ? null : readDate(date));

function marksOf({ status, starred, tags, note, highlights }: ExportedPaper): ImportedMarks | null {
  const said = {
    note: noteOf(withoutControls(note)),
    tags: tagsOf(tags),
    status: status === 'unread' ? null : status,
    starred,
    ...(highlights.length > 0 && { highlights }),
  };
  const isSaid = said.note !== '' || said.tags.length > 0 || said.status !== null || starred || highlights.length > 0;
  return isSaid ? said : null;
}

/**
 * What an exported paper says, as records of an import: one for each abstract that a newer one has
 * replaced, oldest first, then the paper as it was shown, with what the reader said of it.
 */
function papersOf(exported: ExportedPaper): ImportedPaper[] | string {
  const title = titleOf(exported.title);
  if ('reason' in title) return title.reason;
  const { authors, published, updated, categories, links, votes, comments, keywords, versions } = exported;
  const paper: ImportedPaper = {
    title: title.title,
    abstract: textOrNull(exported.abstract),
    // It is ours, but anybody may have changed it since.
    authors: namesOf(authors),
    published: dayOrNull(published),
    updated: dayOrNull(updated),
    arxivId: arxivIdOf(exported.arxivId ?? ''),
    doi: doiOf(exported.doi ?? ''),
    categories: wordsOf(categories),
    venue: lineOf(exported.venue),
    journalReference: lineOf(exported.journalReference),
    comment: textOrNull(exported.comment),
    links: linksOf(links.map(({ url, kind, label: name }) => linkOf(url, kind, lineOf(name) ?? undefined))),
    votes: countOrNull(votes),
    comments: countOrNull(comments),
    keywords: wordsOf(keywords),
    summary: textOrNull(exported.summary),
    versions: versions.flatMap(({ name, date }) => {
      const line = lineOf(name);
      return line === null ? [] : [{ name: line, date: dayOrNull(date) }];
    }),
    citationKey: lineOf(exported.citationKey),
    kind: lineOf(exported.kind),
    marks: marksOf(exported),
  };
  const earlier = exported.revisions
    .map((revision) => textOrNull(revision.abstract))
    .filter((abstract) => abstract !== null);
  return [...earlier.reverse().map((abstract) => ({ ...paper, abstract, updated: null, marks: null })), paper];
}

/** What is the matter with a line that is not as Offprint writes it. */
function complaint(line: JsonObject): string {
  const issue = exportedPaperSchema.safeParse(line).error?.issues[0];
  return issue === undefined
    ? 'it is no exported paper'
    : `its field “${issue.path.join('.')}” is not as Offprint writes it: ${issue.message}`;
}

function checkHeader(header: JsonObject, name: string): void {
  const schema = Number(header['schema']);
  if (schema > exportSchemaNumber) {
    throw new OffprintError(
      'newer',
      `${name} was exported by a newer Offprint. Update this one to read it. Nothing was imported.`,
    );
  }
}

/**
 * Offprint's own export, as `exporters/offprint-json.ts` writes it: a line that says so, a line for
 * each paper, and a last line by which it is known that nothing has been cut off. What the reader
 * said comes back as marks.
 */
export const offprintJson: Importer = {
  format: exportFormat,
  label,
  recognise(beginning) {
    return /^\s*\{"format":"offprint-export"/.test(beginning) ? 1 : 0;
  },
  async *read(file): AsyncGenerator<ImportedRecord, void> {
    const lines = new JsonLines(() => null);
    let beginning: string | null = null;
    let state: 'before' | 'papers' | 'ended' = 'before';
    let last = 'line 1';
    const recordsIn = function* (elements: ReturnType<JsonLines['write']>): Generator<ImportedRecord> {
      for (const element of elements) {
        const { where } = element;
        last = where;
        if ('reason' in element) {
          yield { kind: 'skipped', where, reason: element.reason };
          continue;
        }
        const line = element.value;
        if (state === 'before') {
          checkHeader(line, file.name);
          if (!exportHeaderSchema.safeParse(line).success) throw notOfFormat(file.name, label, beginning ?? '');
          state = 'papers';
        } else if (exportEndSchema.safeParse(line).success) state = 'ended';
        else {
          const parsed = exportedPaperSchema.safeParse(line);
          const papers = parsed.success ? papersOf(parsed.data) : complaint(line);
          if (typeof papers === 'string') yield { kind: 'skipped', where, reason: papers };
          else for (const paper of papers) yield { kind: 'paper', where, paper };
        }
      }
    };
    for await (const piece of file.pieces()) {
      beginning ??= piece;
      yield* recordsIn(lines.write(piece));
    }
    yield* recordsIn(lines.end());
    if (state === 'before') throw notOfFormat(file.name, label, beginning ?? '');
    if (state === 'papers') {
      yield {
        kind: 'skipped',
        where: `after ${last}`,
        reason: 'the file is cut off: its last line is missing, and papers may be, too',
      };
    }
  },
};
