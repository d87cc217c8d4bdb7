import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checklist } from './checklist.ts';
import { undoings, undone } from './undoings.ts';

// That each undoing is noticed is shown by `npm run undo-security`, which takes minutes. Here, that it still says what is.

const root = dirname(dirname(import.meta.dirname));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

test('Electron’s checklist has twenty items, and each is undone in some way', () => {
  expect(checklist).toHaveLength(20);
  for (const { number, title } of checklist) {
    expect(
      undoings.filter(({ item }) => item === number),
      title,
    ).not.toEqual([]);
  }
  for (const { item } of undoings) expect(checklist.map(({ number }) => number)).toContain(item);
});

describe.each(undoings.map((undoing) => [undoing.item, undoing.what, undoing] as const))('%i: %s', (...[
  ,
  ,
  undoing,
]) => {
  test('what is undone stands once where it is said to stand', () => {
    const text = read(undoing.file);
    expect(undone(text, undoing)).not.toBe(text);
  });

  test('the tests that are to notice it are there', () => {
    expect(undoing.tests).not.toEqual([]);
    for (const path of undoing.tests) expect(existsSync(join(root, path)), path).toBe(true);
  });
});

test('no two undoings are the same', () => {
  const all = undoings.map(({ file, from, to, tests }) => JSON.stringify([file, from, to, tests]));
  expect(new Set(all).size).toBe(all.length);
});

describe('the page on security', () => {
  const page = read('resources/security.md');
  const rows = [...page.matchAll(/^\| (\d+) \| (.*?) \| (.*?) \| (.*?) \| (.*?) \|$/gm)].map(
    ([, number = '', title = '', , done = '', tested = '']) => ({ number: Number(number), title, done, tested }),
  );
  /** Paths that are named. A name without a folder lies where the page says that these lie. */
  const filesIn = (text: string) =>
    [...text.matchAll(/`([\w./-]+\.(?:ts|html|json|yml|md))`/g)].map(([, path = '']) =>
      path.includes('/') || existsSync(join(root, path)) ? path : `main/desktop/${path}`,
    );

  test('lists the twenty as Electron has them', () => {
    expect(rows.map(({ number, title }) => ({ number, title: title.replaceAll('`', '') }))).toEqual(checklist);
  });

  test.each(rows)('$number: what is done and tested where is there, and is what is undone', ({
    number,
    done,
    tested,
  }) => {
    const [files, tests] = [filesIn(done), filesIn(tested)];
    for (const path of [...files, ...tests]) expect(existsSync(join(root, path)), path).toBe(true);
    const own = undoings.filter(({ item }) => item === number);
    expect(files.toSorted()).toEqual([...new Set(own.map(({ file }) => file))].toSorted());
    expect(tests.toSorted()).toEqual([...new Set(own.flatMap((each) => each.tests))].toSorted());
  });

  test('every other path and link in it is there, too', () => {
    expect(page).toContain('Files named without a folder lie in `main/desktop/`');
    for (const path of filesIn(page)) expect(existsSync(join(root, path)), path).toBe(true);
    for (const [, link = ''] of page.matchAll(/\]\((?!https:)([^)#]+)/g)) {
      expect(existsSync(join(root, 'resources', link)), link).toBe(true);
    }
  });

  test('is found from the README', () => {
    expect(read('README.md')).toContain('](resources/security.md)');
  });
});
