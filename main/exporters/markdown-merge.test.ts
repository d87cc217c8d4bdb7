import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { mergedFile, paperIdOfFile } from './markdown-merge.ts';
import { markdownFile, markdownPaper } from './markdown-paper.ts';
import { exportedPaper, hostilePaper } from './papers-for-tests.ts';

const paper = exportedPaper({
  id: 'arxiv:2306.12345',
  title: 'On sparse things',
  authors: ['Ada Smith'],
  abstract: 'First.\n\nSecond.',
  tags: ['ml', 'vision'],
  note: 'Mine.',
});
const asOf = (change: Partial<typeof paper> = {}) => markdownPaper({ ...paper, ...change }, 'smith2023');
const file = markdownFile(asOf());
const frontOf = (text: string) => parse(/^---\n([\s\S]*?\n)---\n/.exec(text)?.[1] ?? '');

test('a file that says what the library says is left as it is', () => {
  expect(mergedFile(file, asOf())).toEqual({ text: file, part: 'ours', moved: false });
  expect(paperIdOfFile(file)).toBe('arxiv:2306.12345');
});

test('what has changed in the library changes, and comes out as in a new file', () => {
  const changes = [
    { title: 'Renamed: "x"' },
    { note: '' },
    { tags: [] },
    { tags: ['other'] },
    { published: '2024-02' },
  ];
  for (const change of changes) {
    const { text, moved } = mergedFile(file, asOf(change));
    expect(frontOf(text)).toEqual(frontOf(markdownFile(asOf(change))));
    expect(text.slice(text.indexOf('%% offprint:begin'))).toBe(
      markdownFile(asOf(change)).slice(markdownFile(asOf(change)).indexOf('%% offprint:begin')),
    );
    expect(moved).toBe(false);
    expect(mergedFile(text, asOf()).text.replace(/^---\n[\s\S]*?\n---\n/, '')).toBe(
      file.replace(/^---\n[\s\S]*?\n---\n/, ''),
    );
  }
});

describe('the front matter', () => {
  test('keeps properties, comments and their order; ours are brought up to date where they stand', () => {
    const theirs = file
      .replace('---\n', '---\n# mine\nrating: 5 # stars\n')
      .replace('citekey: "smith2023"', "citekey: 'smith2023' # key\nrelated:\n  - '[[x]]'\n\n  - y")
      .replace('status: "unread"', 'status: unread');
    const { text } = mergedFile(theirs, asOf({ status: 'read' }));
    expect(text).toContain('---\n# mine\nrating: 5 # stars\ntitle: "On sparse things"\n');
    expect(text).toContain("citekey: 'smith2023' # key\nrelated:\n  - '[[x]]'\n\n  - y\nid:");
    expect(text).toContain('status: "read"\n');
    expect(mergedFile(theirs, asOf()).text).toBe(theirs);
  });

  test('keeps the reader’s own tags and aliases among ours', () => {
    const theirs = file
      .replace('  - "ml"\n', '  - mine\n  - "ml"\n')
      .replace(/aliases:\n {2}- "On sparse things"\n/, 'aliases: [Sparse, "On sparse things"]\n');
    expect(mergedFile(theirs, asOf()).text).toBe(theirs);
    const { text } = mergedFile(theirs, asOf({ tags: ['vision', 'new'], title: 'Other' }));
    expect(frontOf(text)).toMatchObject({ tags: ['mine', 'vision', 'new'], aliases: ['Sparse', 'Other'] });
    expect(frontOf(mergedFile(text, asOf({ tags: [], title: 'Other' })).text)).toMatchObject({ tags: ['mine'] });
    // One that was the reader's before it was ours stays when ours goes.
    const both = mergedFile(text, asOf({ tags: ['mine'], title: 'Other' })).text;
    expect(frontOf(mergedFile(both, asOf({ tags: [] })).text).tags).toEqual(['mine']);
  });

  test('keeps a property that the reader wrote before there was one of ours, whatever becomes of the paper', () => {
    const theirs = file.replace('citekey:', 'venue: NeurIPS # oral\ndoi: "10.1/mine"\ncitekey:');
    expect(mergedFile(theirs, asOf()).text).toBe(theirs);
    const { text } = mergedFile(theirs, asOf({ venue: 'ICML', note: 'More.' }));
    expect(text).toContain('venue: NeurIPS # oral\ndoi: "10.1/mine"\ncitekey:');
    // Ours comes, changes and goes; the reader's change of it alone keeps it from going.
    const ours = mergedFile(file, asOf({ venue: 'ICML' })).text;
    expect(mergedFile(ours, asOf({ venue: 'ICLR' })).text).toContain('venue: "ICLR"\n');
    expect(mergedFile(ours, asOf()).text).not.toContain('venue');
    expect(mergedFile(ours.replace('"ICML"', '"ICML" # good'), asOf()).text).toContain('# good\n');
    expect(mergedFile(ours.replace('"ICML"', 'ICML (oral)'), asOf()).text).toContain('venue: ICML (oral)\n');
  });

  test('keeps every comment among our values, and anchors', () => {
    const inLines = file.replace('tags:', 'tags: # mine').replace('- "ml"', '- "ml" # why');
    const inBrackets = file.replace(/tags:\n.*\n.*\n/, 'tags: [ml, "own]"] # mine\n');
    for (const theirs of [inLines, inBrackets]) {
      for (const tags of [['x'], [], ['ml', 'x']]) {
        const { text } = mergedFile(theirs, asOf({ tags }));
        expect(text).toMatch(/tags:.* # mine\n/);
        if (theirs === inLines) expect(text.split('# why')).toHaveLength(2);
        else expect(frontOf(text).tags).toContain('own]');
        expect(mergedFile(text, asOf({ tags })).text).toBe(text);
      }
    }
    const folded = file.replace('title: "On sparse things"', 'title: >-\n  On\n# mine\n  sparse');
    expect(mergedFile(folded, asOf({ title: 'New' })).text).toContain('title: "New"\n# mine\naliases:');
    const anchored = file.replace('title: ', 'title: &t ').replace('citekey:', 'same: *t\ncitekey:');
    expect(frontOf(mergedFile(anchored, asOf({ title: 'New' })).text)).toMatchObject({ same: paper.title });
  });

  test.each([
    'rdf:type: foo\nrdf:list:\n  - a\n',
    'half a thought\n',
    'key:value\n',
    '? complex\n: value\n',
    '@context: x\n',
    'C#: x\n',
    '-x: y\n',
    '[[link]]: y\n',
    '"open: y\n',
    'ü: |\n  a\n\n  # b\nx: y\n',
  ])('keeps lines that are no properties, or not yet: %j', (lines) => {
    for (const name of ['authors', 'id', 'starred', 'tags']) {
      const theirs = file.replace(`\n${name}:`, () => `\n${lines}${name}:`);
      const { text } = mergedFile(
        theirs,
        asOf({ title: 'New', authors: ['B'], status: 'read', starred: true, tags: ['q'] }),
      );
      expect(text).toContain(`\n${lines}${name}:`);
      expect(text).toContain('starred: true\n');
    }
    const last = file.replace('---\n\n%%', () => `${lines}---\n\n%%`);
    expect(mergedFile(last, asOf({ tags: ['q'], starred: true })).text).toContain(`\n${lines}---\n`);
  });

  test('leaves a list alone that is written in a way that is not understood', () => {
    const theirs = file.replace(/tags:\n(?: {2}- .*\n)+/, 'tags: &x [a, {b: c}]\n');
    expect(mergedFile(theirs, asOf({ tags: ['new'] })).text).toContain('tags: &x [a, {b: c}]\n');
  });
});

describe('our part', () => {
  test('that the reader has written into is ours again, and their words stand behind it, once', () => {
    const theirs = file.replace('Second.\n', 'Second.\n\nMy thought.\n\n- and a list\n');
    const { text, moved } = mergedFile(theirs, asOf({ note: 'Changed.' }));
    expect(moved).toBe(true);
    const [part = '', behind = ''] = text.split(/%% offprint:end.*%%\n/);
    expect(part).not.toContain('My thought');
    expect(behind).toContain('My thought.\n\n- and a list\n');
    expect(mergedFile(text, asOf({ note: 'Again.' }))).toMatchObject({ moved: false });
    expect(mergedFile(text, asOf({ note: 'Again.' })).text.split('My thought')).toHaveLength(2);
  });

  test('moves what was indented as it was', () => {
    const theirs = file.replace('Second.\n', 'Second.\n\n    code\n      more\n');
    expect(mergedFile(theirs, asOf()).text).toMatch(/moved here: %%\n\n {4}code\n {6}more\n$/);
  });

  test.each([
    ['the first mark is gone', (text: string) => text.replace('%% offprint:begin %%\n', '')],
    ['the last mark is gone', (text: string) => text.replace(/%% offprint:end.*\n/, '')],
    ['a mark is there twice', (text: string) => `${text}\n%% offprint:begin %%\n`],
    [
      'they are the wrong way round',
      (text: string) => `${text.replace(/(%% offprint:begin %%\n)([\s\S]*)(%% off.*\n)/, '$3$2$1')}`,
    ],
  ])('where %s the text is the reader’s', (_, change) => {
    const theirs = change(file);
    const { text, part } = mergedFile(theirs, asOf({ note: 'Changed.', status: 'read' }));
    expect(part).toBe('none');
    expect(text).toBe(theirs.replace('status: "unread"', 'status: "read"'));
  });

  test('keeps the line ends of a file, and one that an editor has tidied is unchanged', () => {
    const windows = file.replaceAll('\n', '\r\n');
    expect(mergedFile(windows, asOf())).toEqual({ text: windows, part: 'ours', moved: false });
    expect(mergedFile(windows, asOf({ note: 'A\nB', tags: ['z'] })).text.replaceAll('\r\n', '')).not.toContain('\n');
    const tidied = file.replace('%% offprint:begin %%\n\n', '%% offprint:begin %%\n').trimEnd();
    expect(mergedFile(tidied, asOf({ note: 'Changed.' })).moved).toBe(false);
  });
});

test('very many spaces are no work', { timeout: 5000 }, () => {
  const spaces = ' '.repeat(60_000);
  for (const line of [`x${spaces}y\n`, `id:${spaces}"x\n`, `id: a${spaces}b\n`, `tags: [${'] '.repeat(30_000)}\n`]) {
    const text = file.replace('---\n', () => `---\n${line}`);
    expect(paperIdOfFile(text)).toBe(line.startsWith('id') ? null : paper.id);
    expect(mergedFile(text, asOf({ title: 'New' })).text).toContain('title: "New"');
  }
  expect(mergedFile(file.replace('Mine.', `Mine.\n\nx${spaces}y`), asOf()).text).toContain(`\n\nx${spaces}y\n`);
});

describe('the ways up to pictures', () => {
  const image = `images/${'0f'.repeat(16)}.png`;
  const at = (imagesUp: string, note = `![a](${image})`) =>
    markdownPaper({ ...paper, note }, 'smith2023', { notes: true, imagesUp });
  const root = markdownFile(at(''));

  test('follow the file, whoever changed them last, and are nobody’s words', () => {
    const deep = markdownFile(at('../../'));
    expect(deep).toContain(`![a](../../${image})`);
    for (const before of [root, deep, root.replace(image, `../${image}`)]) {
      expect(mergedFile(before, at('../../'))).toEqual({ text: deep, part: 'ours', moved: false });
      expect(mergedFile(before, at(''))).toEqual({ text: root, part: 'ours', moved: false });
    }
  });

  test('are no reason to move a picture with what the reader wrote beside it', () => {
    const { text, moved } = mergedFile(root.replace('## Note', 'Theirs.\n\n## Note'), at('../', `![a](${image})`));
    expect([moved, text.split(image).length]).toEqual([true, 2]);
    expect(text).toMatch(/moved here: %%\n\nTheirs\.\n$/);
  });
});

test('the reader’s bytes are there after every update, whatever they wrote and whatever became of the paper', () => {
  const text = fc
    .array(
      fc.constantFrom(
        'word ',
        '\n',
        '\r\n',
        '# h',
        '---',
        '```',
        '%% c %%',
        '[[x]]',
        'ü',
        '- ',
        '  ',
        '"',
        ':',
        '\t',
        '$x$',
      ),
    )
    .map((parts) => parts.join(''));
  const property = fc
    .tuple(
      fc.constantFrom('rating', 'my key', '"quoted"', 'x-y'),
      fc.constantFrom('5', '[a, b]', '"t" # c', "\n  - a\n\n  - 'b'", '|\n  a\n\n  b', ''),
    )
    .map(([name, value]) => `${name}: ${value}\n`);
  const comment = fc.constantFrom('# mine\n', '\n');
  const added = fc.array(fc.oneof(property, comment), { maxLength: 3 }).map((lines) => lines.join(''));
  fc.assert(
    fc.property(
      fc.record({ top: added, bottom: added, before: text, after: text }),
      hostilePaper,
      fc.array(hostilePaper, { minLength: 1, maxLength: 3 }),
      (wrote, first, then) => {
        const begin = '%% offprint:begin %%\n';
        let now = markdownFile(markdownPaper(first, 'key'))
          .replace('---\n', () => `---\n${wrote.top}`)
          .replace(`---\n\n${begin}`, () => `${wrote.bottom}---\n\n${wrote.before}\n${begin}`);
        now += wrote.after;
        for (const paper of then) {
          const { text, moved } = mergedFile(now, markdownPaper(paper, 'key'));
          expect(moved).toBe(false);
          expect(text.startsWith(`---\n${wrote.top}`)).toBe(true);
          expect(text).toContain(`---\n\n${wrote.before}\n${begin}`);
          expect(text.endsWith(` %%\n${wrote.after}`)).toBe(true);
          for (const line of wrote.bottom.split('\n')) expect(text).toContain(line);
          // What is written once is not written again.
          expect(mergedFile(text, markdownPaper(paper, 'key')).text).toBe(text);
          now = text;
        }
      },
    ),
    { numRuns: 60 },
  );
});
