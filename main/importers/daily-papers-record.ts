import { arxivIdOf } from '../../shared/identifiers.ts';
import type { PaperLink } from '../../shared/paper.ts';
import { paragraphs } from './clean-text.ts';
import { type ImportedPaper, paperOf } from './importer.ts';
import { countOf, isObject, type JsonObject, listOf, objectOf, textOf } from './json-values.ts';
import { linkOf, linksOf } from './links.ts';
import { abstractOf, lineOf, namesOf, noTitle, titleOf, wordsOf } from './paper-fields.ts';
import { readDate } from './read-date.ts';

/** Fields that only Daily Papers gives a paper. */
const telling = [
  'upvotes',
  'ai_summary',
  'ai_keywords',
  'submittedOnDailyAt',
  'submittedOnDailyBy',
  'githubRepo',
  'projectPage',
  'discussionId',
  'numComments',
];

/** The paper inside an entry of a day, or an entry that is the paper itself. */
function innerOf(entry: JsonObject): JsonObject {
  return isObject(entry['paper']) ? entry['paper'] : entry;
}

/**
 * Is this an entry of Daily Papers: `{paper: {…}, title, publishedAt, numComments…}`, or a paper
 * by itself with fields that nobody else has?
 */
export function judgeDailyPaper(entry: JsonObject): string | null {
  const inner = innerOf(entry);
  if (inner !== entry) return textOf(inner['title']) === null && textOf(entry['title']) === null ? noTitle : null;
  if (textOf(entry['title']) === null) return noTitle;
  return telling.some((field) => entry[field] !== undefined) ? null : 'it is no entry of Daily Papers';
}

/** arXiv breaks lines at a width and begins a paragraph with an indented line. */
const asArxivHasIt = (text: string) => paragraphs(text, { indented: true });

/** What an entry of Daily Papers says of a paper, or why it is skipped. */
export function dailyPaperOf(entry: JsonObject): ImportedPaper | string {
  const inner = innerOf(entry);
  /** The paper's own field; the entry's where it has none. */
  const field = (name: string) => (inner[name] === undefined || inner[name] === null ? entry[name] : inner[name]);
  const title = titleOf(textOf(field('title')) ?? textOf(entry['title']));
  if ('reason' in title) return title.reason;
  const arxivId = arxivIdOf(textOf(inner['id']) ?? '');
  const repository = textOf(field('githubRepo'));
  return {
    ...paperOf(title.title),
    abstract: abstractOf(textOf(field('summary')), asArxivHasIt),
    authors: namesOf(listOf(field('authors')).map((author) => textOf(author) ?? nameOfAuthor(objectOf(author)))),
    // The entry's own date is when the day was put together.
    published: readDate(textOf(inner['publishedAt']) ?? ''),
    arxivId,
    links: linksOf([
      repository === null
        ? null
        : linkOf(/^[\w.-]+\/[\w.-]+$/.test(repository) ? `https://github.com/${repository}` : repository, 'code'),
      linkOf(textOf(field('projectPage')) ?? '', 'project'),
      organizationLink(objectOf(field('organization'))),
    ]),
    votes: countOf(field('upvotes')),
    comments: countOf(entry['numComments']) ?? countOf(inner['numComments']),
    keywords: wordsOf(listOf(field('ai_keywords')).map(textOf)),
    summary: lineOf(textOf(field('ai_summary'))),
  };
}

function nameOfAuthor(author: JsonObject): string | null {
  return textOf(author['name']) ?? textOf(author['fullname']) ?? textOf(objectOf(author['user'])['fullname']);
}

/** Whose paper it is: an organisation has a page of its own. */
function organizationLink(organization: JsonObject): PaperLink | null {
  const name = textOf(organization['name']);
  if (name === null || !/^[\w.-]{1,100}$/.test(name)) return null;
  return linkOf(`https://huggingface.co/${name}`, 'other', lineOf(textOf(organization['fullname'])) ?? name);
}
