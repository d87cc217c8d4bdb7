import type { ExportedPaper } from '../../shared/offprint-export.ts';
import { personName } from '../../shared/person-name.ts';

/** A name in CSL-JSON. */
export type CslName =
  | { literal: string }
  | { family: string; given?: string; 'non-dropping-particle'?: string; suffix?: string };

/** An item of CSL-JSON with the fields that a paper has; fields that are not known are left out. */
export interface CslItem {
  id: string;
  type: string;
  title: string;
  author?: CslName[];
  issued?: { 'date-parts': [number[]] };
  'container-title'?: string;
  publisher?: string;
  genre?: string;
  number?: string;
  volume?: string;
  issue?: string;
  page?: string;
  DOI?: string;
  URL?: string;
}

/** What an item is made of. A `Paper` will do. */
export type CitedPaper = Pick<
  ExportedPaper,
  'title' | 'authors' | 'published' | 'arxivId' | 'doi' | 'venue' | 'journalReference' | 'links' | 'kind'
>;

const genres: Readonly<Record<string, string>> = {
  phdthesis: 'PhD thesis',
  mastersthesis: 'Master’s thesis',
};

/** BibTeX's kinds as types of CSL; https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types */
const types: Readonly<Record<string, string>> = {
  inproceedings: 'paper-conference',
  conference: 'paper-conference',
  incollection: 'chapter',
  inbook: 'chapter',
  book: 'book',
  booklet: 'book',
  proceedings: 'book',
  phdthesis: 'thesis',
  mastersthesis: 'thesis',
  thesis: 'thesis',
  techreport: 'report',
  report: 'report',
  unpublished: 'manuscript',
  dataset: 'dataset',
  software: 'software',
};

const conference =
  /\b(?:conference|conf\.|proceedings|proc\.|symposium|workshop|meeting|neurips|nips|icml|iclr|cvpr|iccv|eccv|wacv|bmvc|aaai|ijcai|e?acl|naacl|emnlp|coling|interspeech|icassp|siggraph|kdd|sigir|www|chi|uai|aistats|colt|corl|icra|iros|rss|usenix|sosp|osdi|focs|stoc|soda)\b/iu;

/** Whether a venue is no more than the place of a preprint. */
function isPreprintServer(venue: string): boolean {
  return /^(?:arxiv|corr|biorxiv|medrxiv|openreview|ssrn|preprint)\b/iu.test(venue.replace(/^abs\//i, ''));
}

/** What kind of publication a paper is, in a type of CSL; `article` is a preprint. */
export function cslType({ kind, venue, arxivId }: Pick<CitedPaper, 'kind' | 'venue' | 'arxivId'>): string {
  const place = venue === null || isPreprintServer(venue) ? null : venue;
  const known = types[kind?.toLowerCase() ?? ''];
  if (known !== undefined && (known !== 'paper-conference' || place !== null)) return known;
  if (place !== null) return conference.test(place) && kind !== 'article' ? 'paper-conference' : 'article-journal';
  return arxivId === null && venue === null ? 'document' : 'article';
}

/**
 * A paper as an item of CSL-JSON. The date is as exact as it is known; a preprint is an `article` whose publisher is
 * arXiv and whose number is `arXiv:…`; institutions are `literal`. Texts are as the paper has them: markup
 * (`<i>`) in them is not taken away or escaped.
 * @param id becomes the item's id: the citation key
 */
export function cslItem(paper: CitedPaper, id: string): CslItem {
  const type = cslType(paper);
  const item: CslItem = { id, type, title: paper.title };
  if (paper.authors.length > 0) item.author = paper.authors.map(cslName);
  if (paper.published !== null) item.issued = { 'date-parts': [paper.published.split('-').map(Number)] };
  const genre = genres[paper.kind ?? ''];
  if (genre !== undefined) item.genre = genre;
  placeIn(item, paper);
  if (paper.doi !== null) item.DOI = paper.doi;
  const url = addressOf(paper);
  if (url !== null) item.URL = url;
  return item;
}

function placeIn(item: CslItem, { venue, journalReference, arxivId }: CitedPaper): void {
  if (item.type === 'article') {
    if (arxivId !== null) {
      item.publisher = 'arXiv';
      item.number = `arXiv:${arxivId}`;
    } else if (venue !== null) item.publisher = venue;
  } else if (venue !== null) {
    if (['thesis', 'report', 'book', 'manuscript', 'dataset', 'software'].includes(item.type)) item.publisher = venue;
    else item['container-title'] = venue;
  }
  if (item['container-title'] === undefined || journalReference === null) return;
  const place = /^(?<volume>[^\s(),]+)?(?:\((?<issue>[^()]+)\))?(?:(?:^|, )(?<page>[^\s,]+))?$/u.exec(journalReference);
  const { volume, issue, page } = place?.groups ?? {};
  if (volume) item.volume = volume;
  if (issue) item.issue = issue;
  if (page) item.page = page.replaceAll('–', '-');
}

/** Where the paper is on the web: at arXiv, else what its links say; null where nothing does. */
function addressOf({ arxivId, links }: CitedPaper): string | null {
  if (arxivId !== null) return `https://arxiv.org/abs/${arxivId}`;
  const link = links.find(({ kind }) => kind === 'abstract') ?? links.find(({ kind }) => kind === 'pdf');
  return (link ?? links.find(({ kind }) => kind === 'other'))?.url ?? null;
}

function cslName(name: string): CslName {
  const parts = personName(name);
  if ('literal' in parts) return parts;
  const { given, particle, family, suffix } = parts;
  return {
    family,
    ...(given !== '' && { given }),
    ...(particle !== '' && { 'non-dropping-particle': particle }),
    ...(suffix !== '' && { suffix }),
  };
}
