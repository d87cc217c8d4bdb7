import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { ColumnId } from '../../shared/settings.ts';
import { aRow } from '../state/testing.ts';
import { PaperRow } from './paper-row.tsx';

afterEach(cleanup);

function aPaperRow(columns: readonly ColumnId[], fields = {}, comfortable = false) {
  const item = { index: 41, row: aRow(41, fields) };
  return <PaperRow item={item} columns={columns} top={0} selected focused comfortable={comfortable} now={Date.now()} />;
}

function show(columns: readonly ColumnId[], fields = {}, comfortable = false) {
  render(aPaperRow(columns, fields, comfortable));
  return screen.getByRole('row');
}

describe('a row of the list', () => {
  it('keeps its place in the grid for a screen reader, whatever shares a cell of the layout', () => {
    const columns = ['status', 'title', 'tags', 'note'] as const;
    const row = show(columns, { status: 'queued', tags: ['a'], hasNote: true });
    // The header is the first row of the grid.
    expect(row.getAttribute('aria-rowindex')).toBe('43');
    expect(row.getAttribute('aria-selected')).toBe('true');
    const cells = within(row).getAllByRole('gridcell');
    expect(cells.map((cell) => [cell.dataset['column'], cell.getAttribute('aria-colindex')])).toEqual(
      columns.map((id, at) => [id, String(at + 1)]),
    );
    expect(cells.map((cell) => cell.textContent)).toEqual(['To read', 'Paper 41', 'a', 'Has a note']);
  });

  it('keeps the title where it is while the tags beside it go for want of room, and come back', () => {
    const { rerender } = render(aPaperRow(['status', 'title', 'tags']));
    const title = screen.getByText('Paper 41');
    for (const columns of [
      ['status', 'title'],
      ['status', 'title', 'tags'],
    ] as const) {
      rerender(aPaperRow(columns));
      expect(screen.getByText('Paper 41')).toBe(title);
    }
  });

  it('marks matches, and shows markup in a title as text', () => {
    const row = show(['title'], { title: 'Weak <b>x</b>', titleMatches: [[0, 4]] });
    expect(row.querySelector('mark')?.textContent).toBe('Weak');
    expect(row.querySelector('b')).toBeNull();
    expect(row.textContent).toBe('Weak <b>x</b>');
  });

  it('sums up tags beyond the first two, and names them to a screen reader', () => {
    const row = show(['tags'], { tags: ['a', 'b', 'c', 'd'] });
    expect(row.textContent).toBe('ab+2 more: c, d');
  });

  it('has votes and venue where they are known', () => {
    expect(show(['votes', 'venue'], { votes: 1234, venue: 'NeurIPS' }).textContent).toBe('1,234NeurIPS');
    cleanup();
    expect(show(['votes', 'venue']).textContent).toBe('');
    cleanup();
    expect(show(['votes'], { votes: 0 }).textContent).toBe('0');
  });

  it('has the first of the abstract only when there is room', () => {
    expect(show(['title'], { excerpt: 'We present' }, true).textContent).toBe('Paper 41We present');
    cleanup();
    expect(show(['title'], { excerpt: 'We present' }).textContent).toBe('Paper 41');
  });

  it('is empty and busy while its paper is not fetched', () => {
    render(
      <PaperRow
        item={{ index: 0, row: undefined }}
        columns={['status', 'title']}
        top={0}
        selected={false}
        focused={false}
        comfortable
        now={0}
      />,
    );
    expect(screen.getByRole('row').getAttribute('aria-busy')).toBe('true');
    expect(screen.getByRole('row').textContent).toBe('');
  });
});
