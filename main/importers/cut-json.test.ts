import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closedJson } from './cut-json.ts';

describe('closedJson', () => {
  it('ends a string where it is cut, and closes what is open', () => {
    expect(JSON.parse(closedJson('{"items": [{"title": "A long ti'))).toEqual({ items: [{ title: 'A long ti' }] });
  });

  it('leaves out a key, a number or a word that is cut', () => {
    expect(JSON.parse(closedJson('[{"title": "A", "abst'))).toEqual([{ title: 'A' }]);
    expect(JSON.parse(closedJson('[{"title": "A", "abstract"'))).toEqual([{ title: 'A' }]);
    expect(JSON.parse(closedJson('[{"title": "A", "year": 20'))).toEqual([{ title: 'A' }]);
    expect(JSON.parse(closedJson('[{"title": "A", "year": 2020, "x": tru'))).toEqual([{ title: 'A', year: 2020 }]);
  });

  it('leaves out an escape that is cut', () => {
    for (const cut of ['\\', '\\u', '\\u00e', '\\\\\\', '\\\\']) {
      expect(JSON.parse(closedJson(`["A${cut}`))).toEqual(['A']);
    }
  });

  it('can be parsed wherever any JSON is cut', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (json, at) => {
        const list = `[${json}]`;
        const cut = list.slice(0, 1 + (at % list.length));
        JSON.parse(closedJson(cut));
      }),
    );
  });

  it('takes no long for a text of nothing but quotation marks, backslashes or brackets', () => {
    for (const one of ['"', '\\', '[', '[]', '"\\']) {
      const started = performance.now();
      closedJson(`[${one.repeat(100_000)}`);
      expect(performance.now() - started).toBeLessThan(1000);
    }
  });
});
