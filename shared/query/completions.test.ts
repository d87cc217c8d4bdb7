import { describe, expect, it } from 'vitest';
import { completionsAt, valueText } from './completions.ts';
import { fieldNames } from './fields.ts';
import { parseQuery } from './parse.ts';
import { clausesOf } from './walk.ts';

/** Completions where `^` stands in a text. */
function at(marked: string) {
  const caret = marked.indexOf('^');
  const text = marked.replace('^', '');
  const found = completionsAt(text, caret, 2024);
  if (!found) return null;
  const texts = found.completions.map((completion) => completion.text);
  return { ...found, texts, after: texts.map((each) => text.slice(0, found.from) + each + text.slice(found.to)) };
}

describe('completionsAt', () => {
  it.each([
    ['^', fieldNames.length],
    ['weak ^', fieldNames.length],
    ['(^', fieldNames.length],
    ['-^', fieldNames.length],
    ['a OR ^', fieldNames.length],
  ])('offers every field at %j', (marked, count) => {
    expect(at(marked)?.texts).toHaveLength(count);
  });

  it.each<[string, string[]]>([
    ['st^', ['status:']],
    ['weak -TI^', ['weak -title:']],
    ['(a^)', ['(author:)', '(added:)', '(abstract:)']],
    ['ta^b weak', ['tag: weak']],
    ['is:un^', ['is:unread']],
    [
      'is:^ weak',
      [
        'is:unread weak',
        'is:queued weak',
        'is:reading weak',
        'is:read weak',
        'is:skipped weak',
        'is:starred weak',
        'is:new weak',
      ],
    ],
    ['status:read,s^', ['status:read,skipped']],
    ['status:read,re^', ['status:read,reading']],
    ['status:s^,read', ['status:skipped,read']],
    ['status:r^ead', ['status:reading', 'status:read']],
    ['has:"n^', ['has:note']],
    ['sort:-v^', ['sort:-votes', 'sort:-venue']],
    ['sort:title,-pub^', ['sort:title,-published']],
    ['added:<2^', ['added:<2w']],
    ['year:..^', ['year:..2022']],
    ['zzz^', []],
  ])('%j becomes %j', (marked, after) => {
    expect(at(marked)?.after).toEqual(after);
  });

  it.each([
    ['tag:^', 'tag', '', 'tag:'],
    ['weak tag:ml^', 'tag', 'ml', 'weak tag:'],
    ['tag:ml,to^', 'tag', 'to', 'tag:ml,'],
    ['tag:"tool u^', 'tag', 'tool u', 'tag:'],
    ['tag:"tool u^se" x', 'tag', 'tool u', 'tag: x'],
    ['tag:"tool use"^ x', 'tag', 'tool use', 'tag: x'],
    ['tag:"a, b","c^', 'tag', 'c', 'tag:"a, b",'],
    ['tag:"tool u^ and more', 'tag', 'tool u', 'tag: and more'],
    ['-author:hin^', 'author', 'hin', '-author:'],
    ['author:"li, w^', 'author', 'li, w', 'author:'],
    ['venue:neur^ips', 'venue', 'neur', 'venue:'],
    ['source:pa^ge', 'source', 'pa', 'source:'],
  ])('%j wants values of %s that begin with %j', (marked, field, beginning, rest) => {
    const found = at(marked);
    const text = marked.replace('^', '');
    expect(found).toMatchObject({ fetch: field, field, beginning, completions: [] });
    expect(text.slice(0, found?.from) + text.slice(found?.to)).toBe(rest);
  });

  it.each(['"we^ak', '^weak', 'we^ak:x', 'foo:b^', 'title:x^'])('offers nothing at %j', (marked) => {
    expect(at(marked)?.texts ?? []).toEqual([]);
    expect(at(marked)?.fetch ?? null).toBeNull();
  });

  it.each([-1, 5, 1.5, Number.NaN])('knows no place %d in a short text', (caret) => {
    expect(completionsAt('weak', caret, 2024)).toBeNull();
  });

  it('offers only what the parser understands, and says what it means', () => {
    for (const name of fieldNames) {
      const found = at(`${name}:^`);
      expect(found?.field).toBe(name);
      for (const { text, detail } of found?.completions ?? []) {
        const { where, sort } = parseQuery(`${name}:${text}`);
        expect(sort ?? clausesOf(where).filter(({ kind }) => kind !== 'text')).not.toEqual(name === 'sort' ? null : []);
        expect(detail).not.toBe('');
        expect(detail).not.toContain(':');
      }
    }
  });
});

describe('valueText', () => {
  it.each([
    ['ml/vision', 'ml/vision'],
    ['tool use', '"tool use"'],
    ['a,b', '"a,b"'],
    ['say "x"', '"say x"'],
    ['f(x)', '"f(x)"'],
    ['O’Neill', '"O’Neill"'],
  ])('%j becomes %j', (value, text) => {
    expect(valueText(value)).toBe(text);
  });
});
