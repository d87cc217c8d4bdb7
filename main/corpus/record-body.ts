import * as z from 'zod';
import { dateSchema, linkKinds, versionSchema } from '../../shared/paper.ts';
import { type ImportedPaper, paperOf } from '../importers/importer.ts';

/** What a record says of a paper, without what it says that a reader said. */
export type PaperFacts = Omit<ImportedPaper, 'marks'>;

/** The facts that stand in `papers.details`, as they have no column of their own. */
export type Details = Pick<
  PaperFacts,
  | 'updated'
  | 'categories'
  | 'journalReference'
  | 'comment'
  | 'comments'
  | 'keywords'
  | 'summary'
  | 'versions'
  | 'citationKey'
  | 'kind'
>;

const { marks: _marks, ...nothing } = paperOf('');

const text = z.string().nullable();
const count = z.int().nonnegative().nullable();
const date = dateSchema.nullable();

// What a record's addresses look like was checked when it came in.
const link = z.object({ kind: z.enum(linkKinds), label: z.string(), url: z.string() });

const detailsShape = {
  updated: date.catch(null),
  categories: z.array(z.string()).catch([]),
  journalReference: text.catch(null),
  comment: text.catch(null),
  comments: count.catch(null),
  keywords: z.array(z.string()).catch([]),
  summary: text.catch(null),
  versions: z.array(versionSchema).catch([]),
  citationKey: text.catch(null),
  kind: text.catch(null),
};
const columnsShape = {
  title: z.string().catch(''),
  abstract: text.catch(null),
  authors: z.array(z.string()).catch([]),
  published: date.catch(null),
  arxivId: text.catch(null),
  doi: text.catch(null),
  venue: text.catch(null),
  links: z.array(link).catch([]),
  votes: z.int().nullable().catch(null),
};
const detailsSchema = z.object(detailsShape);
const factsSchema = z.object({ ...columnsShape, ...detailsShape });

const noDetails: Details = detailsSchema.parse({});

const detailNames = Object.keys(detailsShape).sort() as (keyof Details)[];
const factNames = Object.keys(nothing).sort() as (keyof PaperFacts)[];

/** JSON of the named fields in that order, without those that are null or empty. */
function print<K extends keyof PaperFacts>(facts: Pick<PaperFacts, K>, names: readonly K[]): string {
  const said: Partial<Pick<PaperFacts, K>> = {};
  for (const name of names) {
    const value = facts[name];
    if (value !== null && !(Array.isArray(value) && value.length === 0)) said[name] = value;
  }
  return JSON.stringify(said);
}

/** The object that a JSON text holds; empty when it holds none, which only damage can cause. */
function objectOf(json: string): object {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}

/** A record as `records.body` keeps it: equal facts give equal text. */
export function printRecord(facts: PaperFacts): string {
  return print(facts, factNames);
}

/** What {@link printRecord} wrote. A field that is missing or of another shape counts as not said. */
export function parseRecord(body: string): PaperFacts {
  return factsSchema.parse(objectOf(body));
}

/** The facts without a column of their own, as `papers.details` keeps them; `{}` when there are none. */
export function detailsOf(facts: Details): string {
  return print({ ...nothing, ...facts }, detailNames);
}

/** What {@link detailsOf} wrote. A field that is missing or of another shape counts as not said. */
export function parseDetails(details: string): Details {
  // Most papers have none.
  if (details === '{}') return { ...noDetails, categories: [], keywords: [], versions: [] };
  return detailsSchema.parse(objectOf(details));
}

/**
 * What a paper shows, from its row in `papers` with the text of its abstract as `abstract`.
 * @param row with the columns `title, authors, published, arxiv_id, doi, links, venue, votes, details, abstract`
 */
export function factsOfRow(row: Readonly<Record<string, unknown>>): PaperFacts {
  const textOf = (name: string) => (row[name] === null || row[name] === undefined ? null : String(row[name]));
  return {
    ...parseDetails(textOf('details') ?? '{}'),
    title: String(row['title']),
    abstract: textOf('abstract'),
    authors: JSON.parse(String(row['authors'])) as string[],
    published: textOf('published'),
    arxivId: textOf('arxiv_id'),
    doi: textOf('doi'),
    links: JSON.parse(String(row['links'])) as PaperFacts['links'],
    venue: textOf('venue'),
    votes: row['votes'] === null || row['votes'] === undefined ? null : Number(row['votes']),
  };
}

function sameList<T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean): boolean {
  return a.length === b.length && a.every((item, index) => same(item, b[index] as T));
}

const equal = (a: string, b: string) => a === b;

/** Do two records say the same, marks aside? */
export function sameRecord(a: PaperFacts, b: PaperFacts): boolean {
  if (a === b) return true;
  return (
    a.title === b.title &&
    a.abstract === b.abstract &&
    a.published === b.published &&
    a.updated === b.updated &&
    a.arxivId === b.arxivId &&
    a.doi === b.doi &&
    a.venue === b.venue &&
    a.journalReference === b.journalReference &&
    a.comment === b.comment &&
    a.votes === b.votes &&
    a.comments === b.comments &&
    a.summary === b.summary &&
    a.citationKey === b.citationKey &&
    a.kind === b.kind &&
    sameList(a.authors, b.authors, equal) &&
    sameList(a.categories, b.categories, equal) &&
    sameList(a.keywords, b.keywords, equal) &&
    sameList(a.links, b.links, (x, y) => x.url === y.url && x.kind === y.kind && x.label === y.label) &&
    sameList(a.versions, b.versions, (x, y) => x.name === y.name && x.date === y.date)
  );
}
