import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { copiedPage } from './copied-page.ts';

test('formulas are copied as LaTeX, buttons not at all, and paragraphs stay apart', () => {
  const { container } = render(
    <article>
      <h2>
        On <span data-latex="O(n)">𝑂(𝑛)</span> bounds
      </h2>
      <p>
        A list of au{'\u00ad'}thors <button type="button">and 3 more</button>
      </p>
      <p>
        It{'\n'}is <span data-latex=" x = 1 " data-display="true" />
      </p>
    </article>,
  );
  const range = document.createRange();
  range.selectNodeContents(container);
  expect(copiedPage(range)).toBe('On $O(n)$ bounds\n\nA list of authors\n\nIt is $$x = 1$$');
  const inFormula = container.querySelector('[data-latex]')?.firstChild as Text;
  range.setStart(inFormula, 2);
  range.setEnd(container.querySelector('p')?.firstChild as Text, 6);
  expect(copiedPage(range)).toBe('$O(n)$ bounds\n\nA list');
});

test('the parts of a list do not run into each other, and of a button alone nothing is made nothing', () => {
  const { container } = render(
    <article>
      <h2>
        On <span data-latex="x">𝑥</span>
      </h2>
      <ul>
        <li>2 January 2024</li>
        <li>Nature</li>
      </ul>
      <button type="button">
        On <span data-latex="y">𝑦</span>
      </button>
    </article>,
  );
  const range = document.createRange();
  range.selectNodeContents(container);
  expect(copiedPage(range)).toBe('On $x$\n\n2 January 2024 Nature');
  range.selectNode(container.querySelector('button') as HTMLElement);
  expect(copiedPage(range)).toBeNull();
});

test('what has no formula is left to the browser', () => {
  const { container } = render(<p>words</p>);
  const range = document.createRange();
  range.selectNodeContents(container);
  expect(copiedPage(range)).toBeNull();
});
