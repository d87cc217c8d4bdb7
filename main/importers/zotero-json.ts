import { arxivIdOf, doiOf } from '../../shared/identifiers.ts';
import { htmlToMarkdown, markupToLine, markupToText } from './html-text.ts';
import { type ImportedPaper, paperOf } from './importer.ts';
import { firstRecords } from './json-elements.ts';
import { jsonImporter } from './json-importer.ts';
import { isObject, type JsonObject, listOf, objectOf, textOf, wordOf } from './json-values.ts';
import { linkOf, linksOf } from './links.ts';
import { abstractOf, lineOf, nameOf, namesOf, placeInJournal, tagsOf, titleOf, wordsOf } from './paper-fields.ts';
import { readDate } from './read-date.ts';
import { extraOf } from './zotero-extra.ts';

/** BibTeX's words for Zotero's types; https://api.zotero.org/itemTypes lists them all. */
const kinds: Readonly<Record<string, string>> = {
  journalArticle: 'article',
  magazineArticle: 'article',
  newspaperArticle: 'article',
  conferencePaper: 'inproceedings',
  bookSection: 'incollection',
  encyclopediaArticle: 'incollection',
  dictionaryEntry: 'incollection',
  book: 'book',
  thesis: 'phdthesis',
  report: 'techreport',
  manuscript: 'unpublished',
};

/** Longest note taken, in UTF-16 units. */
const longestNote = 200_000;

/** The API has the item in `data`; exports have the item itself. */
function itemOf(value: JsonObject): JsonObject {
  return isObject(value['data']) && value['itemType'] === undefined ? value['data'] : value;
}

function judge(value: JsonObject): string | null {
  return textOf(itemOf(value)['itemType']) === null ? 'it is no Zotero item' : null;
}

function paper(value: JsonObject): ImportedPaper | string | null {
  const item = itemOf(value);
  const type = textOf(item['itemType']) ?? '';
  // They belong to papers, and stand beside them only in what the API answers.
  if (type === 'attachment' || type === 'annotation') return null;
  if (type === 'note') return 'it is a note on its own, not a paper';
  const field = (...names: string[]) => names.map((name) => textOf(item[name])).find((text) => text !== null) ?? null;
  const title = titleOf(field('title', 'caseName', 'nameOfAct', 'subject'), markupToLine);
  if ('reason' in title) return title.reason;
  const extra = extraOf(field('extra') ?? '');
  const url = field('url') ?? '';
  const doi = doiOf(field('DOI') ?? '') ?? extra.doi ?? doiOf(url);
  const archive = [field('archiveID'), field('archiveLocation'), field('number'), field('reportNumber')];
  const tags = listOf(item['tags']).map((tag) => (typeof tag === 'string' ? { tag } : objectOf(tag)));
  const own = tagsOf(tags.filter(({ type: kind }) => kind !== 1).map(({ tag }) => textOf(tag)));
  const note = notesOf(item);
  return {
    ...paperOf(title.title),
    abstract: abstractOf(field('abstractNote'), markupToText),
    authors: authorsOf(listOf(item['creators'])),
    published: readDate(field('date') ?? '') ?? readDate(textOf(objectOf(value['meta'])['parsedDate']) ?? ''),
    arxivId:
      extra.arxivId ??
      archive
        .map((text) => (text !== null && /arxiv|^\d{4}\.\d/i.test(text) ? arxivIdOf(text) : null))
        .find((id) => id !== null) ??
      arxivIdOf(url) ??
      arxivIdOf(doi ?? ''),
    doi,
    categories: extra.categories,
    venue: lineOf(
      field(
        'publicationTitle',
        'proceedingsTitle',
        'bookTitle',
        'encyclopediaTitle',
        'websiteTitle',
        'blogTitle',
        'conferenceName',
        'repository',
        'institution',
        'university',
        'publisher',
      ),
      markupToLine,
    ),
    journalReference: placeInJournal(wordOf(item['volume']), wordOf(item['issue']), wordOf(item['pages'])),
    comment: lineOf(extra.rest),
    links: linksOf([linkOf(url)]),
    keywords: wordsOf(tags.filter(({ type: kind }) => kind === 1).map(({ tag }) => textOf(tag))),
    citationKey: lineOf(field('citationKey', 'citekey') ?? extra.citationKey),
    kind: kinds[type] ?? 'misc',
    marks: own.length > 0 || note !== '' ? { note, tags: own, status: null, starred: false } : null,
  };
}

/** Whoever wrote it; where nobody did, whoever edited it. */
function authorsOf(creators: readonly unknown[]): string[] {
  const all = creators.map(objectOf);
  const authors = all.filter(({ creatorType }) => creatorType === 'author' || creatorType === undefined);
  const editors = all.filter(({ creatorType }) => creatorType === 'editor');
  const chosen = authors.length > 0 ? authors : editors.length > 0 ? editors : all;
  return namesOf(
    chosen.map(({ name, firstName, lastName }) => nameOf(textOf(firstName), textOf(lastName)) ?? textOf(name)),
    markupToLine,
  );
}

/** The notes of an item, one after the other: exports have them as text, or as items with `note`. */
function notesOf(item: JsonObject): string {
  return listOf(item['notes'])
    .map((note) => textOf(note) ?? textOf(objectOf(note)['note']))
    .filter((note) => note !== null)
    .map((note) => htmlToMarkdown(note.slice(0, longestNote)))
    .filter((note) => note !== '')
    .join('\n\n---\n\n')
    .slice(0, longestNote)
    .toWellFormed();
}

/**
 * Items as Zotero has them: the export of Better BibTeX (`{items: […]}`), or what the Zotero API
 * answers (`[{key, data: {…}}]`). Tags and notes are what the reader said there; tags that came
 * with an item automatically are keywords.
 */
export const zoteroJson = jsonImporter({
  format: 'zotero-json',
  label: 'a Zotero JSON file',
  recognise(beginning) {
    // Better BibTeX puts its settings and the collections first, which may be long.
    if (/"label"\s*:\s*"BetterBibTeX JSON"/.test(beginning.slice(0, 20_000))) return 0.95;
    if (!/"itemType"/.test(beginning)) return 0;
    return firstRecords(beginning, judge, 3).length > 0 ? 0.9 : 0;
  },
  judge,
  paper,
});
