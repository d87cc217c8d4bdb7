import { DatabaseSync } from 'node:sqlite';
import type { Status } from '../../shared/paper.ts';
import { daysOf, instantsOf } from '../../shared/query/dates.ts';
import type { Clause, Expression, TextField } from '../../shared/query/query.ts';
import type { WordForms } from '../search/word-forms.ts';
import { tokenizer } from './migrations.ts';

/** A paper with all that can be searched for, as a test made it. */
export interface PlainPaper {
  id: string;
  title: string;
  authors: string[];
  abstract: string | null;
  note: string;
  published: string | null;
  addedAt: number;
  votes: number | null;
  venue: string | null;
  hasCode: boolean;
  status: Status;
  starred: boolean;
  tags: string[];
  readAt: number | null;
  /** Ids and names of its sources. */
  sources: { id: number; name: string }[];
  isNew: boolean;
}

/** Cuts texts into words as the full-text index does. */
class Tokens {
  readonly #database = new DatabaseSync(':memory:');
  readonly #known = new Map<string, string[]>();

  constructor() {
    this.#database.exec(`
      CREATE VIRTUAL TABLE texts USING fts5 (text, tokenize = '${tokenizer}');
      CREATE VIRTUAL TABLE words USING fts5vocab (texts, instance);`);
  }

  of(text: string): string[] {
    const known = this.#known.get(text);
    if (known) return known;
    this.#database.prepare('INSERT INTO texts (rowid, text) VALUES (1, ?)').run(text);
    const rows = this.#database.prepare('SELECT term FROM words ORDER BY offset').all();
    this.#database.exec('DELETE FROM texts');
    const words = rows.map(({ term }) => String(term));
    this.#known.set(text, words);
    return words;
  }

  close(): void {
    this.#database.close();
  }
}

function follows(words: readonly string[], sought: readonly string[], isBeginning: boolean): boolean {
  return words.some((_, at) =>
    sought.every((word, index) => {
      const there = words[at + index];
      return isBeginning && index === sought.length - 1 ? there?.startsWith(word) : there === word;
    }),
  );
}

const fold = (text: string) => text.normalize('NFKC').toLowerCase();

function lastDay(date: string): string {
  const [year = 0, month = 12, day] = date.split('-').map(Number);
  const last = new Date(0);
  last.setUTCFullYear(year, day === undefined ? month : month - 1, day ?? 0);
  return last.toISOString().slice(0, 10);
}

/** The obvious way to search: every paper is looked at for every clause. Slow; what the real one must agree with. */
export class SlowSearch {
  readonly #tokens = new Tokens();
  readonly #forms: WordForms;

  constructor(forms: WordForms) {
    this.#forms = forms;
  }

  /**
   * Does an expression hold for a paper?
   * @param isProminent wanted words of no field must stand in the title or the note
   */
  holds(expression: Expression, paper: PlainPaper, now: number, isProminent = false): boolean {
    return this.#holds(expression, paper, now, isProminent, true) ?? true;
  }

  /** Null for what says nothing. */
  #holds(of: Expression, paper: PlainPaper, now: number, isProminent: boolean, isWanted: boolean): boolean | null {
    switch (of.kind) {
      case 'and':
      case 'or': {
        const parts = of.of.map((part) => this.#holds(part, paper, now, isProminent, isWanted));
        const said = parts.filter((part) => part !== null);
        if (said.length === 0) return parts.length > 0 ? null : of.kind === 'and';
        return of.kind === 'and' ? said.every(Boolean) : said.some(Boolean);
      }
      case 'not': {
        const part = this.#holds(of.of, paper, now, isProminent, !isWanted);
        return part === null ? null : !part;
      }
      case 'text': {
        if (!/[\p{L}\p{N}]/u.test(of.text)) return null;
        if (of.field !== 'any') return this.#stands(of, paper, [of.field]);
        return this.#stands(
          of,
          paper,
          isProminent && isWanted ? ['title', 'note'] : ['title', 'abstract', 'author', 'note'],
        );
      }
      default:
        return this.#meets(of, paper, now);
    }
  }

  #stands(
    { text, prefix }: Extract<Clause, { kind: 'text' }>,
    paper: PlainPaper,
    fields: readonly Exclude<TextField, 'any'>[],
  ): boolean {
    const { whole, prefixes } = this.#forms.alternatives(text, { prefix });
    const texts = {
      title: paper.title,
      abstract: paper.abstract ?? '',
      author: JSON.stringify(paper.authors),
      note: paper.note,
    };
    return fields.some((field) => {
      const words = this.#tokens.of(texts[field]);
      const has = (sought: string, isBeginning: boolean) => {
        const tokens = this.#tokens.of(sought);
        return tokens.length > 0 && follows(words, tokens, isBeginning);
      };
      return whole.some((sought) => has(sought, false)) || prefixes.some((sought) => has(sought, true));
    });
  }

  #meets(clause: Exclude<Clause, { kind: 'text' }>, paper: PlainPaper, now: number): boolean {
    switch (clause.kind) {
      case 'status':
        return clause.statuses.includes(paper.status);
      case 'starred':
        return paper.starred;
      case 'new':
        return paper.isNew;
      case 'has':
        return {
          note: paper.note !== '',
          abstract: paper.abstract !== null,
          code: paper.hasCode,
          tag: paper.tags.length > 0,
        }[clause.what];
      case 'tag': {
        const wanted = fold(clause.tag);
        return paper.tags.some((tag) => fold(tag) === wanted || fold(tag).startsWith(`${wanted}/`));
      }
      case 'source':
        return paper.sources.some(({ id, name }) =>
          /^\d+$/.test(clause.source) && Number(clause.source) <= 9
            ? id === Number(clause.source)
            : fold(name).includes(fold(clause.source)),
        );
      case 'venue':
        return paper.venue !== null && fold(paper.venue).includes(fold(clause.venue));
      case 'id':
        return paper.id === clause.id || paper.id === `arxiv:${clause.id}`;
      case 'number': {
        const number = clause.field === 'votes' ? paper.votes : paper.published && Number(paper.published.slice(0, 4));
        const { from, to } = clause.range;
        return number !== null && number !== '' && (from === null || number >= from) && (to === null || number <= to);
      }
      case 'date': {
        if (clause.field === 'published') {
          const { from, to } = daysOf(clause.range, now);
          if (paper.published === null) return false;
          const first = paper.published.padEnd(10, '-01-01'.slice(paper.published.length - 4));
          return (from === null || first >= from) && (to === null || lastDay(paper.published) <= to);
        }
        const at = clause.field === 'added' ? paper.addedAt : paper.readAt;
        const { from, past } = instantsOf(clause.range, now);
        return at !== null && (from === null || at >= from) && (past === null || at < past);
      }
    }
  }

  close(): void {
    this.#tokens.close();
  }
}
