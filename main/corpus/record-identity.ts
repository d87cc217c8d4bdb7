import { createHash } from 'node:crypto';
import { arxivIdOf, doiOf } from '../../shared/identifiers.ts';
import type { PaperId } from '../../shared/paper.ts';
import { normalisedTitle } from '../importers/identity.ts';
import type { ImportedPaper } from '../importers/importer.ts';
import { isPlaceholderTitle } from '../importers/placeholder-title.ts';
import { peopleOf } from './family-name.ts';

/** What one record of a source can be told by. */
export interface RecordIdentity {
  readonly arxivId: string | null;
  /** Null where it is only arXiv's own DOI of `arxivId`. */
  readonly doi: string | null;
  /** The title as `normalisedTitle` gives it; empty where only an id stands for it. */
  readonly title: string;
  /** `title:` and a hash of `title`, what all records of that title share; null where only an id stands for it. */
  readonly titleKey: PaperId | null;
  /** Folded family names of the authors, the first author's likeliest one first; see `familyNames`. */
  readonly people: readonly string[];
  readonly year: number | null;
}

/** Normalised titles with fewer letters than this say little: "Preface", "Editorial", "Introduction". */
const shortTitle = 20;

/** True when a normalised title says so little that many papers must be expected to have it. */
export function isShortTitle(normalised: string): boolean {
  return normalised.length < shortTitle;
}

/** As `titleId` of the importers, for a title that is normalised already. */
function hashed(text: string): PaperId {
  return `title:${createHash('sha256').update(text).digest('hex').slice(0, 20)}`;
}

class Identity implements RecordIdentity {
  readonly arxivId: string | null;
  readonly doi: string | null;
  readonly title: string;
  readonly titleKey: PaperId | null;
  readonly year: number | null;
  readonly #authors: readonly string[];
  #people: readonly string[] | null = null;

  constructor(paper: Pick<ImportedPaper, 'title' | 'arxivId' | 'doi' | 'authors' | 'published'>) {
    // An id that stands where the title should be is an id all the same.
    const untitled = isPlaceholderTitle(paper.title);
    const doi = paper.doi ?? (untitled ? doiOf(paper.title) : null);
    const arxivDoi = doi?.startsWith('10.48550/') ? arxivIdOf(doi) : null;
    this.arxivId = paper.arxivId ?? arxivDoi ?? (untitled ? arxivIdOf(paper.title) : null);
    this.doi = arxivDoi === null ? doi : null;
    this.title = untitled ? '' : normalisedTitle(paper.title);
    this.titleKey = untitled ? null : hashed(this.title);
    const year = /^\d{4}/.exec(paper.published ?? '');
    this.year = year === null ? null : Number(year[0]);
    this.#authors = paper.authors;
  }

  // Most records of an import are alone with their ids and title: nobody asks for their people.
  get people(): readonly string[] {
    this.#people ??= peopleOf(this.#authors);
    return this.#people;
  }
}

/** What a record can be told by. `arxivId` and `doi` are as `arxivIdOf` and `doiOf` give them. */
export function identityOf(
  paper: Pick<ImportedPaper, 'title' | 'arxivId' | 'doi' | 'authors' | 'published'>,
): RecordIdentity {
  return new Identity(paper);
}

/** True when nothing but the title, and perhaps authors and a year, says which paper a record is about. */
export function isTitleOnly({ arxivId, doi }: RecordIdentity): boolean {
  return arxivId === null && doi === null;
}

/**
 * The id of a paper that only records like this one stand for: by title, first author and year, as
 * far as they are known. Two papers of one title never get the same.
 */
export function titleIdOf({ title, titleKey, people, year }: RecordIdentity): PaperId {
  const [first] = people;
  if (first === undefined) return year === null ? (titleKey ?? hashed(title)) : hashed(`${title}\n\n${year}`);
  return hashed(year === null ? `${title}\n${first}` : `${title}\n${first}\n${year}`);
}

/**
 * Ids that must be among a paper's identifiers for each of its records. Records that share one of
 * them may be about the same paper; records that share none are not, unless the reader says so.
 */
export function keysOf(record: RecordIdentity): PaperId[] {
  const keys: PaperId[] = strictIds(record);
  if (record.titleKey !== null && !keys.includes(record.titleKey)) keys.push(record.titleKey);
  return keys;
}

/**
 * The ids that stand for this record and for nothing else: arXiv and DOI; its title id when it has
 * neither. Never empty, the first one being the record's own.
 */
export function strictIds(record: RecordIdentity): [PaperId, ...PaperId[]] {
  const { arxivId, doi } = record;
  if (arxivId !== null) return doi === null ? [`arxiv:${arxivId}`] : [`arxiv:${arxivId}`, `doi:${doi}`];
  return doi === null ? [titleIdOf(record)] : [`doi:${doi}`];
}
