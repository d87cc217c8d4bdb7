import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryQueryText } from './arbitrary-query.ts';
import { completionsAt } from './completions.ts';
import { explainQuery } from './explain.ts';
import { parseQuery, partsOf } from './parse.ts';
import { printQuery } from './print.ts';
import { tokensOf } from './tokens.ts';
import { allOf, conjunction } from './walk.ts';

const runs = { numRuns: Number(process.env['RUNS'] ?? 2000) };

function holds(check: (text: string) => void): void {
  fc.assert(fc.property(arbitraryQueryText, check), runs);
}

describe('for any text', () => {
  it('a query is written so that it is read as the same query', () => {
    holds((text) => {
      const query = parseQuery(text);
      const printed = printQuery(query);
      expect(parseQuery(printed)).toEqual(query);
      expect(printQuery(parseQuery(printed))).toBe(printed);
    });
  });

  it('space before a query changes nothing, and space behind it ends its last word only', () => {
    holds((text) => {
      expect(parseQuery(` ${text}`)).toEqual(parseQuery(text));
      // A field's name that has just been typed asks nothing; space makes it a word.
      if (/[a-z]:$/i.test(text)) return;
      expect(parseQuery(`${text} `)).toEqual(
        JSON.parse(JSON.stringify(parseQuery(text)).replaceAll('"prefix":true', '"prefix":false')),
      );
    });
  });

  it('the pieces of a text are what it asks for together', () => {
    holds((text) => {
      const parts = partsOf(text);
      expect(allOf(parts.flatMap(({ where }) => where ?? []))).toEqual(parseQuery(text).where);
      let at = 0;
      for (const { from, to } of parts) {
        expect(from).toBeGreaterThanOrEqual(at);
        expect(to).toBeGreaterThan(from);
        at = to;
      }
      expect(at).toBeLessThanOrEqual(text.length);
    });
  });

  it('tokens ascend without overlap, and leave out nothing but space', () => {
    holds((text) => {
      let rest = '';
      let at = 0;
      for (const { from, to } of tokensOf(text)) {
        expect(from).toBeGreaterThanOrEqual(at);
        expect(to).toBeGreaterThan(from);
        rest += text.slice(at, from);
        at = to;
      }
      expect((rest + text.slice(at)).trim()).toBe('');
    });
  });

  it('it can be said in words', () => {
    holds((text) => {
      const said = explainQuery(parseQuery(text));
      expect(said).not.toBe('');
      expect(said).not.toMatch(/undefined|null|NaN|\[object/);
    });
  });

  it('a completion replaces a piece of the text around the caret', () => {
    fc.assert(
      fc.property(arbitraryQueryText, fc.integer({ min: -1, max: 60 }), (text, caret) => {
        const found = completionsAt(text, caret, 2024);
        if (found === null) return;
        expect(found.from).toBeGreaterThanOrEqual(0);
        expect(found.from).toBeLessThanOrEqual(caret);
        expect(found.to).toBeGreaterThanOrEqual(caret);
        expect(found.to).toBeLessThanOrEqual(text.length);
        expect(text.slice(found.from, caret)).toContain(found.beginning);
      }),
      runs,
    );
  });

  it('several queries together are what each of them asks', () => {
    fc.assert(
      fc.property(arbitraryQueryText, arbitraryQueryText, (one, other) => {
        // A quotation mark at the very end begins a value that whatever follows would be.
        fc.pre(!/\p{Quotation_Mark}\s*$/u.test(one));
        const queries = [parseQuery(one), parseQuery(other)];
        const sort = null;
        // A word still being typed is written with its end where others follow.
        const where = conjunction([parseQuery(`${one} `), ...queries.slice(1)]);
        expect(parseQuery(printQuery({ where, sort })).where).toEqual(where);
      }),
      runs,
    );
  });
});
