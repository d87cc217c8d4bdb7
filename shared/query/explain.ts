import type { Status } from '../paper.ts';
import { isPasted } from './pasted.ts';
import type { Clause, Expression, Query, TextField } from './query.ts';
import { datesInWords, numbersInWords } from './range-words.ts';
import { explainSort } from './sort-words.ts';

type TextClause = Extract<Clause, { kind: 'text' }>;

/** Longest word or phrase that is repeated whole, in letters. */
const longestShown = 60;

const statusWords: Record<Status, string> = {
  unread: 'unread',
  queued: 'to read',
  reading: 'being read',
  read: 'read',
  skipped: 'skipped',
};

/**
 * What a query asks for, in one plain English phrase: `unread, tagged “ml”, added within the last
 * 2 weeks, with “diffusion” in the title; newest first`. Never empty: a query that asks nothing is
 * `all papers`.
 */
export function explainQuery({ where, sort }: Query): string {
  const parts = where.kind === 'and' ? where.of : [where];
  const asked = phrases(parts).join(', ');
  return [asked === '' ? 'all papers' : asked, ...(sort === null ? [] : [explainSort(sort)])].join('; ');
}

/** What each of several conditions says; words next to each other that stand in the same place are said together. */
function phrases(parts: readonly Expression[], together: 'and' | 'or' = 'and'): string[] {
  const said: string[] = [];
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at] as Expression;
    const run = textRun(parts, at);
    const unwanted = part.kind === 'not';
    // Without one and without the other is without either; without one or without the other cannot be said at once.
    if (run.length > 1 && !(unwanted && together === 'or')) {
      said.push(textPhrase(run, unwanted ? 'or' : together, unwanted));
      at += run.length - 1;
    } else if (isPasted(part, parts[at + 1])) {
      said.push(pastedPhrase(part as Clause & { kind: 'id' }, 'or'));
      at += 1;
    } else said.push(together === 'or' && part.kind === 'and' ? inParentheses(part.of) : phrase(part));
  }
  return said;
}

/** Several conditions as one alternative, with parentheses where they are said in several phrases. */
function inParentheses(parts: readonly Expression[]): string {
  const said = phrases(parts);
  return said.length === 1 ? (said[0] ?? '') : `(${joined(said)})`;
}

/** Phrases that all hold; set apart from each other where one has alternatives in it. */
function joined(said: readonly string[]): string {
  return said.join(said.some((each) => / (?:or|and) /.test(each)) ? ', and ' : ' and ');
}

/** The text clauses from a place of a list on, as long as they are alike. */
function textRun(parts: readonly Expression[], from: number): TextClause[] {
  const run: TextClause[] = [];
  for (let at = from; at < parts.length; at += 1) {
    const part = parts[at] as Expression;
    const clause = part.kind === 'not' ? part.of : part;
    if (part.kind !== parts[from]?.kind || clause.kind !== 'text' || (run[0] && clause.field !== run[0].field)) break;
    run.push(clause);
  }
  return run;
}

function phrase(expression: Expression): string {
  switch (expression.kind) {
    case 'and':
      return joined(phrases(expression.of));
    case 'or':
      return alternatives(expression.of);
    case 'not':
      return opposite(expression.of);
    default:
      return clausePhrase(expression);
  }
}

function alternatives(parts: readonly Expression[]): string {
  if (parts.length === 2 && isPasted(parts[0], parts[1])) return phrases(parts, 'or').join('');
  const tags = namesOf(parts, 'tag');
  if (tags) return `tagged ${listed(tags, 'or')}`;
  const venues = namesOf(parts, 'venue');
  if (venues) return `at ${listed(venues, 'or')}`;
  const said = phrases(parts, 'or');
  return said.length === 1 ? (said[0] ?? '') : `either ${listed(said, 'or')}`;
}

function namesOf(parts: readonly Expression[], kind: 'tag' | 'venue'): string[] | null {
  const names = parts.flatMap((part) => {
    if (part.kind !== kind) return [];
    return [quoted(part.kind === 'tag' ? part.tag : part.venue)];
  });
  return names.length === parts.length ? names : null;
}

function opposite(expression: Expression): string {
  switch (expression.kind) {
    case 'text':
      return textPhrase([expression], 'or', true);
    case 'has':
      return clausePhrase(expression).replace('with', 'without');
    case 'status':
      if (expression.statuses.length === 1) return `not ${clausePhrase(expression)}`;
      return `neither ${listed(
        expression.statuses.map((status) => statusWords[status]),
        'nor',
      )}`;
    case 'or':
      return noneOf(expression.of);
    case 'and':
    case 'not':
      return `not (${phrase(expression)})`;
    default:
      return `not ${clausePhrase(expression)}`;
  }
}

function noneOf(parts: readonly Expression[]): string {
  const [first] = parts;
  if (first?.kind === 'id' && parts.length === 2 && isPasted(first, parts[1]))
    return `not ${pastedPhrase(first, 'nor')}`;
  const words = textRun(parts, 0);
  if (first?.kind === 'text' && words.length === parts.length) return textPhrase(words, 'or', true);
  const said = alternatives(parts);
  return said.startsWith('either ') ? `not (${said.slice('either '.length)})` : `not ${said}`;
}

function clausePhrase(clause: Clause): string {
  switch (clause.kind) {
    case 'text':
      return textPhrase([clause], 'and', false);
    case 'status':
      return listed(
        clause.statuses.map((status) => statusWords[status]),
        'or',
      );
    case 'starred':
      return 'starred';
    case 'new':
      return 'brought by the last import';
    case 'has':
      return { note: 'with a note', abstract: 'with an abstract', code: 'with code', tag: 'with a tag' }[clause.what];
    case 'tag':
      return `tagged ${quoted(clause.tag)}`;
    case 'source':
      return /^\d+$/.test(clause.source) ? `from source ${clause.source}` : `from source ${quoted(clause.source)}`;
    case 'venue':
      return `at ${quoted(clause.venue)}`;
    case 'id':
      return `with the id ${clipped(clause.id)}`;
    case 'number':
      return clause.field === 'year' ? yearPhrase(clause) : votesPhrase(clause);
    case 'date':
      return `${clause.field === 'read' ? 'marked read' : clause.field} ${datesInWords(clause.range)}`;
  }
}

function yearPhrase({ range }: Clause & { kind: 'number' }): string {
  const years = numbersInWords(range, 'later', 'earlier');
  return range.from !== null && range.to !== null && range.from !== range.to
    ? `published from ${years}`
    : `published in ${years}`;
}

function votesPhrase({ range }: Clause & { kind: 'number' }): string {
  const one = range.from === 1 && range.to === 1;
  const counted = numbersInWords(range, 'more', 'fewer');
  return `with ${counted} ${one ? 'vote' : 'votes'}`;
}

const places: Record<TextField, string> = {
  any: '',
  title: ' in the title',
  abstract: ' in the abstract',
  author: '',
  note: ' in the note',
};

/** Words that stand in the same place. */
function textPhrase(clauses: readonly TextClause[], joint: 'and' | 'or', unwanted: boolean): string {
  const field = clauses[0]?.field ?? 'any';
  const said = listed(clauses.map(wordsOf), joint);
  if (field === 'author') return `${unwanted ? 'not ' : ''}by ${said}`;
  return `${unwanted ? 'without' : 'with'} ${said}${places[field]}`;
}

function pastedPhrase({ id }: Clause & { kind: 'id' }, joint: 'or' | 'nor'): string {
  return `the paper ${clipped(id)} (${joint} one that mentions it)`;
}

/** The words in quotation marks; `…` after one that may be the beginning of a longer one. */
function wordsOf({ text, prefix }: TextClause): string {
  return quoted(text, prefix ? '…' : '');
}

function quoted(text: string, after = ''): string {
  const shown = clipped(text);
  const whole = shown === text ? `“${text}${after}”` : `“${shown}”`;
  // Kept apart, or words written from right to left would drag the ones around them along.
  return /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(text)
    ? `\u2068${whole}\u2069`
    : whole;
}

function clipped(text: string): string {
  if (text.length <= longestShown) return text;
  const letters = [...text];
  return letters.length <= longestShown ? text : `${letters.slice(0, longestShown).join('')}…`;
}

function listed(items: readonly string[], joint: 'and' | 'or' | 'nor'): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${joint} ${last}`;
}
