import { act, renderHook } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { Highlight } from '../../shared/highlights.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { aPaper, slowLibrary } from './testing.ts';
import { useHighlights } from './use-highlights.ts';

function highlight(quote: string): Highlight {
  return { id: crypto.randomUUID(), colour: 'yellow', quote, before: '', after: '', from: 0, at: 1 };
}

const [one, two] = [highlight('one'), highlight('two')];

function show(paper = aPaper()) {
  const library = slowLibrary();
  const onFailure = vi.fn();
  const hook = renderHook(({ paper: shown }) => useHighlights(library.client, shown, onFailure), {
    initialProps: { paper },
  });
  return { ...library, ...hook, onFailure, shown: () => hook.result.current.highlights };
}

test('highlights are shown at once, and until the paper that is loaded next has them', async () => {
  const { result, rerender, next, shown } = show();
  const done = vi.fn();
  act(() => result.current.set([one], done));
  expect(shown()).toEqual([one]);
  // Another change was announced before this one was kept.
  rerender({ paper: aPaper({ starred: true }) });
  expect(shown()).toEqual([one]);
  const call = next('highlights.set');
  expect(call.input).toEqual({ id: 'title:0001', highlights: [one], known: [] });
  await act(async () => call.answer({ label: 'Highlighted words' }));
  expect(done).toHaveBeenCalledExactlyOnceWith('Highlighted words');
  expect(shown()).toEqual([one]);
  // What the library says goes from here on: the reader has undone it, for one.
  rerender({ paper: aPaper({ highlights: [] }) });
  expect(shown()).toEqual([]);
});

test('several changes in a row are shown as the last one is, whichever is answered first', async () => {
  const { result, next, shown } = show();
  act(() => result.current.set([one]));
  act(() => result.current.set([one, two]));
  await act(async () => next('highlights.set').answer({ label: '' }));
  expect(shown()).toEqual([one, two]);
  await act(async () => next('highlights.set').answer({ label: '' }));
  expect(shown()).toEqual([one, two]);
});

test('what cannot be kept goes again, and the reader is told why', async () => {
  const { result, next, shown, onFailure } = show(aPaper({ highlights: [one] }));
  act(() => result.current.set([one, two]));
  await act(async () => next('highlights.set').fail(new OffprintError('unreadable', 'The disk is full.')));
  expect(shown()).toEqual([one]);
  expect(onFailure).toHaveBeenCalledExactlyOnceWith('Not highlighted. The disk is full.');
});

test('those of one paper are not shown on another', () => {
  const { result, rerender, shown } = show();
  act(() => result.current.set([one]));
  rerender({ paper: aPaper({ id: 'title:0002', highlights: [two] }) });
  expect(shown()).toEqual([two]);
});
