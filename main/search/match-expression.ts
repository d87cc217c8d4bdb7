import type { Clause, Query, TextField } from '../../shared/query.ts';
import type { WordForms } from './word-forms.ts';

/** A clause about words. */
export type TextClause = Extract<Clause, { kind: 'text' }>;

const letterOrDigit = /[\p{L}\p{N}]/u;

/** The clauses of several queries that are about words. */
export function textClauses(queries: readonly Query[]): TextClause[] {
  return queries.flatMap(({ clauses }) =>
    clauses.filter((clause) => clause.kind === 'text' && letterOrDigit.test(clause.text)),
  ) as TextClause[];
}

/** Quotes text for FTS5, in which everything inside quotation marks is words: never an operator. */
function quote(text: string): string {
  return `"${text.replaceAll('"', ' ').replaceAll('\0', ' ')}"`;
}

function columnFilter(field: TextField): string {
  if (field === 'any') return '';
  return field === 'author' ? 'authors : ' : `${field} : `;
}

/**
 * One clause as an FTS5 expression. Text of several words (a phrase, `weak-to-strong`) matches
 * where they follow each other.
 */
function expressionOf({ field, text, prefix }: TextClause, forms: WordForms): string {
  const filter = columnFilter(field);
  if (!prefix) return `${filter}${quote(text)}`;
  const { whole, prefixes } = forms.beginnings(text);
  const alternatives = [...prefixes.map((beginning) => `${quote(beginning)}*`), ...whole.map(quote)];
  return alternatives.map((alternative) => `${filter}${alternative}`).join(' OR ');
}

/** What the words of a query ask of the full-text index. */
export interface MatchExpression {
  /** Papers that match this, or all when null. */
  wanted: string | null;
  /** Papers that match this are left out, whatever `wanted` says; null when `wanted` says it all. */
  unwanted: string | null;
}

function unique(parts: readonly string[]): string[] {
  return [...new Set(parts)].map((part) => `(${part})`);
}

/** Turns the words of queries, all of which must hold, into FTS5 expressions. */
export function matchExpression(queries: readonly Query[], forms: WordForms): MatchExpression {
  const clauses = textClauses(queries);
  const group = (negated: boolean) =>
    unique(clauses.filter((clause) => clause.negated === negated).map((clause) => expressionOf(clause, forms)));
  const wanted = group(false);
  const unwanted = group(true);
  // NOT takes two operands in FTS5: a query of negations only cannot be one expression.
  if (wanted.length === 0) return { wanted: null, unwanted: unwanted.length === 0 ? null : unwanted.join(' OR ') };
  const all = wanted.join(' AND ');
  return { wanted: unwanted.length === 0 ? all : `(${all}) NOT (${unwanted.join(' OR ')})`, unwanted: null };
}

/**
 * What to mark in a title and an abstract: every wanted word, whichever of them matched.
 * @returns an FTS5 expression over the columns `title` and `abstract`, or null when there is nothing to mark
 */
export function markExpression(queries: readonly Query[], forms: WordForms): string | null {
  const clauses = textClauses(queries).filter(({ negated, field }) => !negated && field !== 'author');
  if (clauses.length === 0) return null;
  return unique(clauses.map((clause) => expressionOf(clause, forms))).join(' OR ');
}
