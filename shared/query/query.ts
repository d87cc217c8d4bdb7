import type { Status } from '../paper.ts';
import type { Sort } from '../settings.ts';

/**
 * Where the words of a text clause must stand. `any` is title, abstract, authors and the reader's
 * note; each word may stand in another one of them.
 */
export type TextField = 'any' | 'title' | 'abstract' | 'author' | 'note';

/** A number on each side, both included; null is open. */
export interface NumberRange {
  from: number | null;
  to: number | null;
}

/** The units of a span of time: hours, days, weeks, months, years. */
export type SpanUnit = 'h' | 'd' | 'w' | 'm' | 'y';

/**
 * Days, both sides included and each as exact as it was written (`2024`, `2024-06`, `2024-06-12`, or
 * `today` and `yesterday`), null being open; or a span back from now: `within` is younger than that (`<2w`), `before` older (`>2w`).
 */
export type DateRange =
  | { kind: 'days'; from: string | null; to: string | null }
  | { kind: 'span'; side: 'within' | 'before'; amount: number; unit: SpanUnit };

/** One condition on a paper. */
export type Clause =
  /** Words; a text of several (a phrase, `weak-to-strong`) matches where they follow each other. */
  | { kind: 'text'; field: TextField; text: string; phrase: boolean; prefix: boolean }
  | { kind: 'status'; statuses: Status[] }
  | { kind: 'starred' }
  /** Brought by the last import that stands. */
  | { kind: 'new' }
  | { kind: 'has'; what: 'note' | 'abstract' | 'code' | 'tag' }
  /** The tag itself or one nested in it: `ml` holds for `ml/vision`, too. Case does not matter. */
  | { kind: 'tag'; tag: string }
  /** A source by its number, else by a part of its name. */
  | { kind: 'source'; source: string }
  /** A part of the venue's name. */
  | { kind: 'venue'; venue: string }
  | { kind: 'id'; id: string }
  | { kind: 'number'; field: 'votes' | 'year'; range: NumberRange }
  /** `read` is when the reader marked the paper read. */
  | { kind: 'date'; field: 'published' | 'added' | 'read'; range: DateRange };

/** A condition made of clauses. `and` of none holds for every paper; `or` has two parts or more. */
export type Expression =
  | Clause
  | { kind: 'and'; of: Expression[] }
  | { kind: 'or'; of: Expression[] }
  | { kind: 'not'; of: Expression };

/** What the text of the search box, of a saved view or of a command line asks for. */
export interface Query {
  where: Expression;
  /** What `sort:` says, or null. `relevance` is an empty list. */
  sort: Sort | null;
}

/** What a piece of the text is, for whoever colours it. */
export type TokenRole = 'word' | 'phrase' | 'field' | 'value' | 'operator' | 'parenthesis';

/** A piece `[from, to)` of the text, in UTF-16 units. Space between pieces has no role. */
export interface Token {
  from: number;
  to: number;
  role: TokenRole;
}
