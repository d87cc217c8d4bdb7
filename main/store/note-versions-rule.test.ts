import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PaperId } from '../../shared/paper.ts';
import type { PaperRecord } from './library-data.ts';
import { isWorthKeeping, ReplacedNotes } from './note-versions-rule.ts';

const minute = 60_000;

function kept(text: string, after: string, stood: number, sinceLast = stood): boolean {
  const replacedAt = 1_000_000_000;
  return isWorthKeeping({ text, writtenAt: replacedAt - stood, replacedAt }, after, replacedAt - sinceLast);
}

describe('a text that another takes the place of is kept', () => {
  test('when it stood for a minute', () => {
    expect(kept('One', 'One two', minute)).toBe(true);
    expect(kept('One', 'One two', minute - 1)).toBe(false);
  });
  test('when the clock has gone back, so that nobody knows how long it stood', () => {
    expect(kept('One', 'One two', -1)).toBe(true);
  });
  test('when more than forty characters of it were taken away in one go', () => {
    const long = 'x'.repeat(100);
    expect(kept(`a${long}b`, `a${long.slice(41)}b`, 0)).toBe(true);
    expect(kept(`a${long}b`, `a${long.slice(40)}b`, 0)).toBe(false);
    expect(kept(long, 'y'.repeat(100), 0)).toBe(true);
  });
  test('when all of it was, however little', () => {
    expect(kept('a', '', 0)).toBe(true);
  });
  test('ten minutes after the last one, while somebody writes without a pause', () => {
    expect(kept('One', 'One t', 400, 10 * minute)).toBe(true);
    expect(kept('One', 'One t', 400, 10 * minute - 1)).toBe(false);
  });
  test('never when it is no text, or the same one', () => {
    expect(kept('', 'One', 100 * minute)).toBe(false);
    expect(kept('One', 'One', 100 * minute)).toBe(false);
  });
});

test('whatever the texts: one is kept when it has to be, and of typing nothing is', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 80 }),
      fc.string({ maxLength: 80 }),
      fc.nat(2 * minute),
      (text, after, stood) => {
        const lost = [...text].filter((character) => !after.includes(character)).length;
        const mustBe = text !== '' && text !== after && (stood >= minute || after === '' || lost > 80);
        if (mustBe) expect(kept(text, after, stood)).toBe(true);
        const isTyping = stood < minute && after.startsWith(text);
        if (isTyping && after !== '') expect(kept(text, after, stood)).toBe(false);
      },
    ),
  );
});

/** Changes of records, one after another, and which texts each of them makes past versions. */
function follow(records: Map<PaperId, PaperRecord>) {
  const replaced = new ReplacedNotes();
  return (id: PaperId, after: PaperRecord | null, at: number | null) => {
    const past = replaced.by(id, records.get(id), after, (other) => records.get(other), at);
    if (after === null) records.delete(id);
    else records.set(id, after);
    return past.map(({ id, text, replacedAt, removed }) => [id, text, replacedAt, removed]);
  };
}

function record(note: string, changedAt: number, more: Partial<PaperRecord> = {}): PaperRecord {
  return { ...(note !== '' && { note, noteChangedAt: changedAt }), changedAt, ...more };
}

describe('what changes of records replace', () => {
  test('a record that is taken away had a note once', () => {
    const change = follow(new Map([['arxiv:1', record('One', 0)]]));
    expect(change('arxiv:1', null, 5)).toEqual([['arxiv:1', 'One', 5, true]]);
  });
  test('a change that leaves the note alone replaces nothing', () => {
    const change = follow(new Map([['arxiv:1', record('One', 0)]]));
    expect(change('arxiv:1', record('One', 0, { status: 'read', changedAt: 100 * minute }), 100 * minute)).toEqual([]);
  });
  test('an old journal does not say when; then the next text says it', () => {
    const change = follow(new Map([['arxiv:1', record('One', 0)]]));
    expect(change('arxiv:1', record('Two', 7 * minute), null)).toEqual([['arxiv:1', 'One', 7 * minute, false]]);
    expect(change('arxiv:1', null, null)).toEqual([['arxiv:1', 'Two', 7 * minute, true]]);
  });
  test('of half an hour of writing without a pause, three texts are kept', () => {
    const change = follow(new Map());
    let text = '';
    const kept = [];
    for (let at = 0; at <= 31 * minute; at += 400) {
      text += 'x';
      kept.push(...change('arxiv:1', record(text, at), at));
    }
    expect(kept.map(([, , at]) => Math.round(Number(at) / minute))).toEqual([10, 20, 30]);
  });
  test('a record that takes up others keeps what each said, and what all said together', () => {
    const records = new Map([
      ['arxiv:1', record('One', 0)],
      ['title:a', record('Two', 1)],
      ['title:b', record('', 2, { status: 'read' })],
    ]);
    const absorbs = { 'title:a': 1, 'title:b': 2 };
    expect(follow(records)('arxiv:1', record('', 5 * minute, { absorbs }), 5 * minute)).toEqual([
      ['arxiv:1', 'One', 5 * minute, true],
      ['title:a', 'Two', 5 * minute, true],
      ['arxiv:1', 'One\n\n---\n\nTwo', 5 * minute, true],
    ]);
  });
  test('what it has taken up before is not replaced once more', () => {
    const absorbs = { 'title:a': 1 };
    const records = new Map([
      ['arxiv:1', record('Both', 0, { absorbs })],
      ['title:a', record('Two', 1)],
    ]);
    const change = follow(records);
    expect(change('arxiv:1', record('Other', 5 * minute, { absorbs: { ...absorbs } }), 5 * minute)).toEqual([
      ['arxiv:1', 'Both', 5 * minute, false],
    ]);
  });
});
