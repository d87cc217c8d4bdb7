import { arxivIdOf, doiOf } from '../../shared/identifiers.ts';
import { markupToLine, markupToText } from './html-text.ts';
import { type ImportedPaper, paperOf } from './importer.ts';
import { firstRecords } from './json-elements.ts';
import { jsonImporter } from './json-importer.ts';
import { countOf, type JsonObject, objectOf, textOf, wordOf } from './json-values.ts';
import { linkOf, linksOf } from './links.ts';
import { abstractOf, lineOf, noTitle, placeInJournal, titleOf, wordsOf } from './paper-fields.ts';
import { abstractOfIndex, PlainFields, plainAuthors, plainDate, plainLinks, plainWords } from './plain-fields.ts';

const titles = ['title', 'papertitle', 'articletitle', 'displayname'] as const;

/** What papers have and other things with a name have not. */
const telling = [
  'abstract',
  'doi',
  'arxiv',
  'arxivid',
  'authors',
  'authorships',
  'venue',
  'journal',
  'year',
  'publicationyear',
  'publicationdate',
  'published',
  'abstractinvertedindex',
  'externalids',
];

const bibtexKinds =
  /^(?:article|inproceedings|proceedings|book|incollection|inbook|phdthesis|mastersthesis|techreport|misc|unpublished)$/;

function judge(record: JsonObject): string | null {
  if (textOf(record['title']) !== null) return null;
  const fields = new PlainFields(record);
  if (fields.text(...titles) !== null) return null;
  return fields.text('name') !== null && isTelling(fields) ? null : noTitle;
}

function isTelling(fields: PlainFields): boolean {
  return fields.get(...telling) !== undefined;
}

/** What a record of fields under the usual names says of a paper; or why it is none. */
export function paperOfRecord(record: JsonObject): ImportedPaper | string {
  const fields = new PlainFields(record);
  const title = titleOf(fields.text(...titles, 'name'), markupToLine);
  if ('reason' in title) return title.reason;
  const ids = fields.inside('externalids');
  const location = fields.inside('primarylocation');
  const urls = ['url', 'link', 'paperurl', 'absurl', 'entryid', 'landingpageurl', 'pdf', 'pdfurl', 'pdflink'].map(
    (name) => fields.text(name),
  );
  const spelled = [fields.text('arxivid', 'arxiv', 'eprint'), ids.text('arxiv'), fields.text('id', 'paperid'), ...urls];
  const doi = firstOf([fields.text('doi'), ids.text('doi'), ...urls], doiOf);
  const arxivId = firstOf([...spelled, doi], arxivIdOf);
  const { categories, keywords } = wordsIn(fields, arxivId !== null);
  const kind = fields.text('entrytype', 'type')?.toLowerCase() ?? '';
  return {
    ...paperOf(title.title),
    abstract: abstractOf(
      fields.text('abstract', 'paperabstract', 'abstracttext', 'abstractnote') ??
        abstractOfIndex(fields.get('abstractinvertedindex')) ??
        fields.text('summary', 'description'),
      markupToText,
    ),
    authors: plainAuthors(
      fields.get('authors', 'author', 'authorships', 'authorlist', 'authornames', 'creators', 'creator'),
    ),
    published: dateIn(fields),
    updated: plainDate(fields.get('updatedate', 'updated')),
    arxivId,
    doi,
    categories,
    venue: venueIn(fields, location),
    journalReference: lineOf(fields.text('journalref', 'journalreference'), markupToLine) ?? placeIn(fields),
    comment: lineOf(fields.text('comments', 'comment'), markupToLine),
    links: linksOf([
      ...['url', 'link', 'paperurl', 'absurl', 'landingpageurl', 'links'].flatMap((name) =>
        plainLinks(fields.get(name)),
      ),
      ...['pdf', 'pdfurl', 'pdflink', 'openaccesspdf'].flatMap((name) => plainLinks(fields.get(name), 'pdf')),
      ...['code', 'codeurl', 'github', 'githuburl', 'githubrepo', 'repository'].flatMap((name) =>
        plainLinks(fields.get(name), 'code'),
      ),
      ...['project', 'projectpage', 'projecturl', 'homepage', 'website'].flatMap((name) =>
        plainLinks(fields.get(name), 'project'),
      ),
      linkOf(location.text('landingpageurl') ?? ''),
      linkOf(location.text('pdfurl') ?? '', 'pdf'),
    ]),
    votes: countOf(fields.get('upvotes', 'votes')),
    comments: countOf(fields.get('numcomments', 'commentcount', 'comments')),
    keywords,
    summary: lineOf(fields.text('aisummary', 'tldr') ?? fields.inside('tldr').text('text')),
    citationKey: lineOf(fields.text('citationkey', 'citekey', 'bibkey', 'bibtexkey')),
    kind: bibtexKinds.test(kind) ? kind : null,
  };
}

function firstOf(texts: readonly (string | null)[], read: (text: string) => string | null): string | null {
  for (const text of texts) {
    const found = text === null ? null : read(text);
    if (found !== null) return found;
  }
  return null;
}

/** The date of publication: of several fields, the most exact one. */
function dateIn(fields: PlainFields): string | null {
  const names = [
    'published',
    'publicationdate',
    'publisheddate',
    'publishedat',
    'pubdate',
    'date',
    'issued',
    'releasedate',
    'year',
    'publicationyear',
    'pubyear',
    'created',
  ];
  let best: string | null = null;
  for (const name of names) {
    const date = plainDate(fields.get(name));
    // What is called "created" may be when somebody's list was made.
    if (date !== null && date.length > (best?.length ?? 0) && !(name === 'created' && best !== null)) best = date;
  }
  return best;
}

function venueIn(fields: PlainFields, location: PlainFields): string | null {
  const journal = fields.inside('journal');
  return lineOf(
    fields.text(
      'venue',
      'journal',
      'journaltitle',
      'journalname',
      'containertitle',
      'booktitle',
      'conference',
      'proceedings',
      'publicationtitle',
      'publicationvenue',
    ) ??
      journal.text('name', 'title') ??
      location.inside('source').text('displayname') ??
      fields.text('publisher'),
    markupToLine,
  );
}

function placeIn(fields: PlainFields): string | null {
  const journal = fields.inside('journal');
  const place = fields.inside('biblio');
  const word = (name: string) => wordOf(fields.get(name)) ?? wordOf(journal.get(name)) ?? wordOf(place.get(name));
  const [from, to] = [word('firstpage'), word('lastpage')];
  const pages = word('pages') ?? word('page') ?? (from !== null && to !== null && from !== to ? `${from}–${to}` : from);
  const volume = word('volume');
  return volume === null ? null : placeInJournal(volume, word('issue') ?? word('number'), pages);
}

/** arXiv's categories look like no other words: `cs.LG`, `hep-ph`. */
const category =
  /^(?:[a-z][a-z-]*\.[A-Za-z-]{2,}|(?:astro|cond|hep|gr|quant|nucl|math|physics|cs|stat|q|econ|eess|nlin|alg|patt|solv|chao)(?:-[a-z]{1,4})?)$/;

function wordsIn(fields: PlainFields, isArxiv: boolean): { categories: string[]; keywords: string[] } {
  const given = fields.get('categories', 'category', 'arxivcategories');
  const words = typeof given === 'string' && !/[,;]/.test(given) ? given.split(/\s+/) : plainWords(given);
  const primary = fields.text('primarycategory');
  const all = wordsOf([primary, ...words]);
  const isCategories = isArxiv && all.length > 0 && all.every((word) => category.test(word));
  const named = ['keywords', 'keyword', 'aikeywords', 'tags', 'subjects', 'topics', 'fieldsofstudy'].flatMap((name) =>
    plainWords(fields.get(name)),
  );
  return {
    categories: isCategories ? all : [],
    keywords: wordsOf(isCategories ? named : [...named, ...plainWords(given)], markupToLine),
  };
}

/**
 * Records of papers under the usual names, as programs and colleagues write them: JSON lines, a
 * list, or a list in an object (`papers`, `data`, `results`, `message.items`). Reads what Semantic
 * Scholar, OpenAlex and the like answer, too. Upper case, underscores and the like in the names of
 * fields do not matter.
 */
export const plainRecords = jsonImporter({
  format: 'json',
  label: 'a JSON file of papers',
  recognise(beginning) {
    const records = firstRecords(beginning, judge, 10);
    if (records.length === 0) return 0;
    const papers = records.filter((record) => isTelling(new PlainFields(record)));
    if (papers.length * 2 >= records.length) return 0.5;
    return objectOf(records[0])['title'] === undefined ? 0 : 0.2;
  },
  judge,
  paper: paperOfRecord,
});
