import { arxivIdOf, doiOf } from '../../shared/identifiers.ts';
import { statusSchema } from '../../shared/paper.ts';
import { isArxivItself } from './arxiv-mentions.ts';
import { withoutControls } from './clean-text.ts';
import { markupToLine, markupToText } from './html-text.ts';
import { type ImportedMarks, type ImportedPaper, paperOf } from './importer.ts';
import { firstRecords } from './json-elements.ts';
import { jsonImporter } from './json-importer.ts';
import { firstTextOf, isObject, type JsonObject, listOf, objectOf, textOf, wordOf } from './json-values.ts';
import { linkBesideArxiv, linksOf } from './links.ts';
import {
  abstractOf,
  lineOf,
  nameOf,
  namesOf,
  noTitle,
  noteOf,
  placeInJournal,
  tagsOf,
  titleOf,
  wordsInText,
} from './paper-fields.ts';
import { dateOf, readDate } from './read-date.ts';
import { extraOf } from './zotero-extra.ts';

/** BibTeX's words for the types of CSL; https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types */
const kinds: Readonly<Record<string, string>> = {
  article: 'misc',
  'article-journal': 'article',
  'article-magazine': 'article',
  'article-newspaper': 'article',
  review: 'article',
  'paper-conference': 'inproceedings',
  chapter: 'incollection',
  'entry-encyclopedia': 'incollection',
  'entry-dictionary': 'incollection',
  book: 'book',
  thesis: 'phdthesis',
  report: 'techreport',
  manuscript: 'unpublished',
  dataset: 'misc',
  software: 'misc',
  webpage: 'misc',
  post: 'misc',
  'post-weblog': 'misc',
  speech: 'misc',
  patent: 'misc',
  document: 'misc',
};

function hasNames(value: unknown): boolean {
  return listOf(value).some(
    (name) => isObject(name) && (name['family'] !== undefined || name['literal'] !== undefined),
  );
}

function judge(item: JsonObject): string | null {
  if (firstTextOf(item['title']) === null) return noTitle;
  // A record of Zotero's own speaks of items.
  if (item['itemType'] !== undefined || item['paper'] !== undefined) return 'it is no CSL item';
  const isItem =
    (typeof item['type'] === 'string' && kinds[item['type']] !== undefined) ||
    hasNames(item['author']) ||
    hasNames(item['editor']) ||
    item['container-title'] !== undefined ||
    objectOf(item['issued'])['date-parts'] !== undefined;
  return isItem ? null : 'it is no CSL item';
}

function paper(item: JsonObject): ImportedPaper | string {
  const title = titleOf(firstTextOf(item['title']), markupToLine);
  if ('reason' in title) return title.reason;
  const extra = extraOf(textOf(item['note']) ?? '');
  const url = textOf(item['URL']) ?? '';
  const doi = doiOf(textOf(item['DOI']) ?? '') ?? extra.doi ?? doiOf(url);
  const number = textOf(item['number']) ?? '';
  const arxivId =
    extra.arxivId ?? arxivIdOf(url) ?? arxivIdOf(doi ?? '') ?? (/arxiv/i.test(number) ? arxivIdOf(number) : null);
  const key = wordOf(item['citation-key']) ?? extra.citationKey ?? keyOf(wordOf(item['id']));
  const type = textOf(item['type']) ?? '';
  return {
    ...paperOf(title.title),
    abstract: abstractOf(textOf(item['abstract']), markupToText),
    authors: cslNames(item['author'] ?? item['editor']),
    published: cslDate(item['issued']) ?? cslDate(item['published']),
    arxivId,
    doi,
    categories: extra.categories,
    venue: lineOf(
      firstTextOf(item['container-title']) ?? firstTextOf(item['event-title']) ?? publisherOf(item),
      markupToLine,
    ),
    journalReference: placeInJournal(wordOf(item['volume']), wordOf(item['issue']), wordOf(item['page'])),
    comment: lineOf(extra.rest, markupToLine),
    links: linksOf([linkBesideArxiv(url, arxivId)]),
    keywords: wordsInText(textOf(item['keyword']) ?? ''),
    citationKey: lineOf(key),
    kind: kinds[type] ?? null,
    marks: marksOf(item),
  };
}

/** arXiv is no place of publication. */
function publisherOf(item: JsonObject): string | null {
  const publisher = textOf(item['publisher']);
  return publisher !== null && isArxivItself(publisher) ? null : publisher;
}

/** What a reader said: in `annote`, and in `custom` as Offprint's own export has it. */
function marksOf(item: JsonObject): ImportedMarks | null {
  const custom = objectOf(item['custom']);
  const note = noteOf(withoutControls(textOf(item['annote']) ?? '').trim());
  const tags = tagsOf(listOf(custom['tags']).map((tag) => textOf(tag)));
  const { data: status = null } = statusSchema.exclude(['unread']).safeParse(custom['status']);
  const starred = custom['starred'] === true;
  return note === '' && tags.length === 0 && status === null && !starred ? null : { note, tags, status, starred };
}

/** An item's id is often a number or an address that says nothing; a citation key has letters. */
function keyOf(id: string | null): string | null {
  return id !== null && id.length <= 100 && /^[^\s/\\{},"#%~]*\p{L}[^\s/\\{},"#%~]*$/u.test(id) ? id : null;
}

/** Names as CSL has them: `literal`, or `given`, particles, `family` and `suffix`. */
export function cslNames(value: unknown): string[] {
  const names = listOf(value).map((each) => {
    const name = objectOf(each);
    const part = (field: string) => textOf(name[field]);
    return (
      part('literal') ??
      nameOf(part('given'), part('dropping-particle'), part('non-dropping-particle'), part('family'), part('suffix')) ??
      part('name')
    );
  });
  return namesOf(names, markupToLine);
}

/** A date as CSL has it: `date-parts` (numbers, or numbers as text), `raw` or `literal`; or text. */
export function cslDate(value: unknown): string | null {
  if (typeof value === 'string' || typeof value === 'number') return readDate(String(value));
  const date = objectOf(value);
  const [year, month, day] = listOf(listOf(date['date-parts'])[0]).map((part) => (part === null ? 0 : Number(part)));
  if (year !== undefined) return dateOf(year, month ?? null, day ?? null) ?? dateOf(year);
  return readDate(textOf(date['raw']) ?? textOf(date['literal']) ?? '');
}

/**
 * CSL-JSON: a list of items or one, by itself or in an object (`items`). What Zotero, pandoc,
 * citation-js and Crossref speak; https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html
 */
export const cslJson = jsonImporter({
  format: 'csl-json',
  label: 'a CSL-JSON file',
  recognise(beginning) {
    if (!/"(?:author|issued|type|container-title)"/.test(beginning)) return 0;
    return firstRecords(beginning, judge, 3).length > 0 ? 0.8 : 0;
  },
  judge,
  paper,
});
