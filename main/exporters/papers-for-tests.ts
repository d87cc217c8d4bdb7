import fc from 'fast-check';
import { highlightColours } from '../../shared/highlights.ts';
import { type ExportedPaper, exportedPaperSchema } from '../../shared/offprint-export.ts';
import { linkKinds, statuses } from '../../shared/paper.ts';

/** A paper for tests: nothing said but what is given. */
export function exportedPaper(facts: Partial<ExportedPaper> = {}): ExportedPaper {
  return { ...exportedPaperSchema.parse({ id: 'title:0123456789abcdef0123', title: 'A title', addedAt: 1 }), ...facts };
}

/** Texts that mean something in one format or another, each of which breaks an exporter that forgets it. */
export const hostileTexts: readonly string[] = [
  '} @string{x = "y"} @comment{',
  '\\input{/etc/passwd} $\\input{/etc/passwd}$ ^^5cinput',
  'A & B % C # D _ E ~ F ^ G \\ H { I',
  '}}}{{{ "quoted" \\} \\{',
  "`` -- --- '' ?` !` `x`",
  '$x^2_i$ costs $5 and \\(y\\) \\[z\\] $$w$$ $',
  '$\\}$ $\\left\\{x$ $}{$',
  '=HYPERLINK("http://evil.example","x")',
  "'=1+1",
  '@SUM(A1)',
  '+1 -2 | x',
  '-- \t x',
  'TY  - JOUR',
  'ER  - ',
  'AU - Mallory; Trent, Jr.',
  '--- ... key: value # comment',
  '%YAML 1.2 & *anchor !!js/function',
  'true',
  '2024-01-01',
  '# Heading **bold** [link](javascript:alert(1)) ![](x) [[wiki|link]] #tag ==mark== %%hidden%% ^id',
  '1. list > quote - item + item ``` ~~~',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)> &lt;b&gt; &amp;amp; \' onmouseover=x',
  '<!-- open',
  '</style></title></textarea>',
  '%% offprint:end %%',
  'and others and et al.',
  'Łukasz Ωmega 字 👩‍🔬 \u202ertl\u202c e\u0301',
  'x\u2028y\u2029z\ufeffw',
  'a;b,c|d\\te',
];

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const hostile = fc.constantFrom(...hostileTexts);
const line = fc.array(hostile, { minLength: 1, maxLength: 2 }).map((parts) => parts.join(' '));
const date = fc.constantFrom('2024', '2024-06', '2024-06-12');
const instant = fc.integer({ min: 0, max: 2e12 });
const link = fc.record({
  kind: fc.constantFrom(...linkKinds),
  label: line,
  url: fc.constantFrom(
    'https://example.org/a?b={c}&d="e"',
    'https://example.org/(x)_%20y#z',
    'https://github.com/a/b_c',
    'http://example.org/~x',
  ),
});

/** Papers with hostile texts in every field. */
export const hostilePaper: fc.Arbitrary<ExportedPaper> = fc.record({
  id: fc.constantFrom('arxiv:2406.99001', 'doi:10.1000/x', 'title:0123456789abcdef0123'),
  title: line,
  authors: fc.array(line, { maxLength: 3 }),
  abstract: maybe(fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n\n'))),
  published: maybe(date),
  updated: maybe(date),
  arxivId: maybe(fc.constantFrom('2406.99001', 'math/0309136')),
  doi: maybe(fc.constantFrom('10.1000/x', '10.1000/a_b{c}%d&<e>\\f', '10.1002/(sici)1096;x"y')),
  categories: fc.array(line, { maxLength: 2 }),
  venue: maybe(line),
  journalReference: maybe(fc.oneof(line, fc.constantFrom('12(3), 45–67', '12', '(3)', '12, 45'))),
  comment: maybe(line),
  links: fc.array(link, { maxLength: 3 }),
  votes: maybe(fc.nat()),
  comments: maybe(fc.nat()),
  keywords: fc.array(line, { maxLength: 3 }),
  summary: maybe(line),
  versions: fc.array(fc.record({ name: line, date: maybe(date) }), { maxLength: 2 }),
  citationKey: maybe(line),
  kind: maybe(fc.oneof(line, fc.constantFrom('article', 'inproceedings', 'misc', 'phdthesis', 'online'))),
  status: fc.constantFrom(...statuses),
  starred: fc.boolean(),
  tags: fc.array(line, { maxLength: 3 }),
  note: fc.oneof(
    fc.constant(''),
    fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n')),
  ),
  highlights: fc.array(
    fc.record({
      id: fc.uuid(),
      colour: fc.constantFrom(...highlightColours),
      quote: line,
      before: line,
      after: line,
      from: fc.nat(),
      at: instant,
    }),
    { maxLength: 1 },
  ),
  changedAt: maybe(instant),
  noteChangedAt: maybe(instant),
  addedAt: instant,
  aliases: fc.array(fc.constantFrom('doi:10.1000/y'), { maxLength: 1 }),
  sources: fc.array(fc.record({ name: line, format: line, formatLabel: line, importedAt: instant, place: line }), {
    maxLength: 1,
  }),
  revisions: fc.array(fc.record({ abstract: line, source: line, importedAt: instant }), { maxLength: 1 }),
});
