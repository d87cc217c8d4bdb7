import { type Status, statuses } from './paper.ts';

/** Where the words of a text clause must stand. */
export type TextField = 'any' | 'title' | 'abstract' | 'author';

/** One condition of a query. All clauses must hold; `negated` turns one around. */
export type Clause = { negated: boolean } & (
  | { kind: 'text'; field: TextField; text: string; phrase: boolean; prefix: boolean }
  | { kind: 'status'; statuses: Status[] }
  | { kind: 'starred' }
  | { kind: 'note' }
  | { kind: 'hasAbstract' }
  | { kind: 'tag'; tag: string }
  | { kind: 'source'; source: string }
  | { kind: 'id'; id: string }
);

/** A parsed query: the clauses in the order they were typed. */
export interface Query {
  clauses: Clause[];
}

// Between straight quotation marks curly ones are text, for a tag may have them; else they are quotation marks, too.
const token = /(-?)(?:([A-Za-z]+):)?(?:"([^"]*)"|["“”„]([^"“”„]*)["“”„]?|(\S+))/gy;
const letterOrDigit = /[\p{L}\p{N}]/u;

function parseStatuses(value: string): Status[] | null {
  const wanted = value.toLowerCase().split(',');
  const known = wanted.filter((name): name is Status => (statuses as readonly string[]).includes(name));
  return known.length === wanted.length ? [...new Set(known)] : null;
}

/** The clause `field:value` stands for, or null when it is none and so is free text. */
function fieldClause(field: string, value: string, phrase: boolean, negated: boolean): Clause | null {
  const unquoted = value.replaceAll('"', '');
  if (unquoted === '') return null;
  switch (field.toLowerCase()) {
    case 'title':
    case 'abstract':
    case 'author':
      if (!letterOrDigit.test(value)) return null;
      return { kind: 'text', field: field.toLowerCase() as TextField, text: value, phrase, prefix: false, negated };
    case 'status': {
      const wanted = parseStatuses(value);
      return wanted && { kind: 'status', statuses: wanted, negated };
    }
    case 'is': {
      if (value.toLowerCase() === 'starred') return { kind: 'starred', negated };
      const wanted = parseStatuses(value);
      return wanted && { kind: 'status', statuses: wanted, negated };
    }
    case 'has':
      if (value.toLowerCase() === 'note') return { kind: 'note', negated };
      if (value.toLowerCase() === 'abstract') return { kind: 'hasAbstract', negated };
      return null;
    case 'tag':
      return { kind: 'tag', tag: unquoted, negated };
    case 'source':
      return { kind: 'source', source: unquoted, negated };
    case 'id':
      return { kind: 'id', id: unquoted, negated };
    default:
      return null;
  }
}

/**
 * Reads the text of the search box. Never fails: whatever is not a clause is free text, so a
 * title with a colon or a pasted identifier works as typed.
 *
 * The grammar: words, all of which must match; `"a phrase"`; `-` before a clause for its
 * opposite; `title:`, `abstract:` and `author:` before a word or phrase; `status:unread` or
 * `is:unread`, several with commas; `is:starred`; `has:note`; `has:abstract`; `tag:`; `source:`;
 * `id:`. The last bare word matches as a prefix until a space follows it.
 */
export function parseQuery(text: string): Query {
  const clauses: Clause[] = [];
  let match: RegExpExecArray | null = null;
  let at = 0;
  const input = text.normalize('NFC');
  while (at < input.length) {
    if (/\s/.test(input.charAt(at))) {
      at += 1;
      continue;
    }
    token.lastIndex = at;
    match = token.exec(input);
    if (!match) break;
    at = token.lastIndex;
    const [whole, minus = '', field, straight, curly, bare] = match;
    const quoted = straight ?? curly;
    const negated = minus === '-';
    const value = quoted ?? bare ?? '';
    const phrase = quoted !== undefined;
    const isLast = at === input.length && !phrase;
    const clause = field === undefined ? null : fieldClause(field, value, phrase, negated);
    if (clause) {
      clauses.push(clause.kind === 'text' ? { ...clause, prefix: isLast } : clause);
      continue;
    }
    // An unknown field keeps its name: `foo:bar` is searched as the words foo and bar.
    const typed = whole.slice(minus.length);
    const words = field === undefined ? value : phrase ? typed.replaceAll(/["“”„]/g, '') : typed;
    if (!letterOrDigit.test(words)) continue;
    clauses.push({ kind: 'text', field: 'any', text: words, phrase, prefix: isLast, negated });
  }
  return { clauses };
}

function printClause(clause: Clause): string {
  const sign = clause.negated ? '-' : '';
  switch (clause.kind) {
    case 'text': {
      const field = clause.field === 'any' ? '' : `${clause.field}:`;
      return clause.phrase ? `${sign}${field}"${clause.text}"` : `${sign}${field}${clause.text}`;
    }
    case 'status':
      return `${sign}status:${clause.statuses.join(',')}`;
    case 'starred':
      return `${sign}is:starred`;
    case 'note':
      return `${sign}has:note`;
    case 'hasAbstract':
      return `${sign}has:abstract`;
    case 'tag':
      return `${sign}tag:"${clause.tag}"`;
    case 'source':
      return `${sign}source:"${clause.source}"`;
    case 'id':
      return `${sign}id:"${clause.id}"`;
  }
}

/**
 * Writes a query as text. Parsing the result gives the same clauses: a last word that is not a
 * prefix is followed by a space.
 */
export function printQuery(query: Query): string {
  const last = query.clauses.at(-1);
  const closed = last?.kind === 'text' && !last.phrase && !last.prefix;
  return query.clauses.map(printClause).join(' ') + (closed ? ' ' : '');
}

/** True when the query has words to rank by. */
export function hasWords(query: Query): boolean {
  return query.clauses.some((clause) => clause.kind === 'text' && !clause.negated);
}
