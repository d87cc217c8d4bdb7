import { arxivIdOf, doiOf } from '../../shared/identifiers.ts';
import type { PaperVersion } from '../../shared/paper.ts';
import { oneLine, paragraphs } from './clean-text.ts';
import { type ImportedPaper, paperOf } from './importer.ts';
import { type JsonObject, listOf, objectOf, textOf } from './json-values.ts';
import { latexToText } from './latex-text.ts';
import { abstractOf, lineOf, nameOf, namesOf, titleOf, wordsOf } from './paper-fields.ts';
import { readDate } from './read-date.ts';
import { splitNames } from './read-names.ts';

const mostVersions = 200;

const latexLine = (text: string) => oneLine(latexToText(text));
/** The snapshot parts `C.-P. Yuan` into `Yuan` and `C. -P.`. */
const latexName = (text: string) => latexLine(text).replaceAll(/\. -(?=\p{Lu})/gu, '.-');
const latexParagraphs = (text: string) => paragraphs(latexToText(text), { indented: true });

/** What a record of the arXiv metadata snapshot says of a paper, or why it is skipped: see `arxiv-snapshot.ts`. */
export function paperOfSnapshot(record: JsonObject): ImportedPaper | string {
  const arxivId = arxivIdOf(textOf(record['id']) ?? '');
  if (arxivId === null) return 'its id is no arXiv number';
  const title = titleOf(textOf(record['title']), latexLine);
  if ('reason' in title) return title.reason;
  const versions = versionsOf(listOf(record['versions']));
  const journalReference = lineOf(textOf(record['journal-ref']), latexLine);
  return {
    ...paperOf(title.title),
    abstract: abstractOf(textOf(record['abstract']), latexParagraphs),
    authors: authorsOf(record),
    published: versions[0]?.name === 'v1' ? versions[0].date : null,
    updated: versions.at(-1)?.date ?? readDate(textOf(record['update_date']) ?? ''),
    arxivId,
    // Several DOIs stand in one field, separated by white space; the first is the paper's.
    doi: doiOf(textOf(record['doi'])?.split(/\s/)[0] ?? ''),
    categories: categoriesOf(record['categories']),
    journalReference,
    comment: lineOf(textOf(record['comments']), latexLine),
    versions,
  };
}

/** `hep-ph cs.LG`, or a list of such. */
function categoriesOf(value: unknown): string[] {
  const texts = typeof value === 'string' ? [value] : listOf(value).map(textOf);
  return wordsOf(texts.flatMap((text) => text?.split(/\s+/) ?? []));
}

/** `authors_parsed` has family name, given names, suffix and affiliations of each. */
function authorsOf(record: JsonObject): string[] {
  const parsed = listOf(record['authors_parsed']).map((author) => {
    const [family, given, suffix] = listOf(author);
    return nameOf(textOf(given), textOf(family), textOf(suffix));
  });
  const names = namesOf(parsed, latexName);
  return names.length > 0 ? names : namesOf(splitNames(latexToText(textOf(record['authors']) ?? '')));
}

function versionsOf(values: readonly unknown[]): PaperVersion[] {
  return values.slice(0, mostVersions).flatMap((value) => {
    const version = objectOf(value);
    const name = textOf(version['version']);
    return name !== null && /^v\d{1,4}$/.test(name) ? [{ name, date: readDate(textOf(version['created']) ?? '') }] : [];
  });
}
