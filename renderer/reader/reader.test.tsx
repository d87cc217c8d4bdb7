import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createRef } from 'react';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { OffprintError } from '../../shared/outcome.ts';
import type { Paper } from '../../shared/paper.ts';
import { publishedDate } from '../list/dates.ts';
import { noteSaverOf } from './note-saver-of.ts';
import { Reader, type ReaderHandle, type ReaderProps } from './reader.tsx';
import { aPaper, quickLibrary, slowLibrary } from './testing.ts';

beforeAll(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
});

const handlers = {
  onMark: vi.fn(),
  onEditTags: vi.fn(),
  onTag: vi.fn(),
  onSource: vi.fn(),
  onBack: vi.fn(),
  onNoteSize: vi.fn(),
  onNotice: vi.fn(),
  onNoteHistory: vi.fn(),
  onLeaveAlone: vi.fn(),
  onOriginal: vi.fn(),
  onDid: vi.fn(),
};
const ref = createRef<ReaderHandle>();

beforeEach(() => {
  for (const handler of Object.values(handlers)) handler.mockReset();
});

const always = () => true;
const none = () => [];

type Shown = Pick<ReaderProps, 'client'> & Partial<ReaderProps>;

function reader(props: Shown) {
  return (
    <Reader
      ref={ref}
      paperId="title:0001"
      selectionCount={1}
      query=""
      revision={0}
      next={none}
      covering={false}
      alone={false}
      original={false}
      canChange
      noteSize={28}
      mayWrite={always}
      {...handlers}
      {...props}
    />
  );
}

/** Shows the reader over papers that are there at once. */
async function open(papers: Paper[], props: Partial<ReaderProps> = {}) {
  const library = quickLibrary(papers);
  const { rerender, unmount } = render(reader({ client: library.client, ...props }));
  if (props.paperId !== null) await screen.findByRole('article');
  return {
    ...library,
    unmount,
    show: (next: Partial<ReaderProps>) => rerender(reader({ client: library.client, ...props, ...next })),
  };
}

const field = () => screen.queryByRole<HTMLTextAreaElement>('textbox', { name: 'Note' });

describe('the page', () => {
  test('shows what is known, with matches marked and links to follow', async () => {
    await open([
      aPaper({
        title: 'A weak title',
        titleMatches: [[2, 6]],
        authors: ['Ada Lovelace', 'Alan Turing'],
        published: '2023-12-14',
        arxivId: '2312.09390',
        doi: '10.1000/1',
        tags: ['alignment'],
        abstract: 'See https://a.org/x.',
      }),
    ]);
    expect(screen.getByRole('heading', { level: 2, name: 'A weak title' }).querySelector('mark')?.textContent).toBe(
      'weak',
    );
    expect(screen.getByText('Ada Lovelace, Alan Turing')).toBeTruthy();
    expect(screen.getByText(publishedDate('2023-12-14'))).toBeTruthy();
    expect(screen.getByText('added today')).toBeTruthy();
    const target = (name: string) => screen.getByRole<HTMLAnchorElement>('link', { name }).href;
    expect(target('arXiv:2312.09390')).toBe('https://arxiv.org/abs/2312.09390');
    expect(target('doi:10.1000/1')).toBe('https://doi.org/10.1000/1');
    expect(target('https://a.org/x')).toBe('https://a.org/x');
    expect(target('Open on the web')).toBe('https://arxiv.org/abs/2312.09390');
    expect(within(screen.getByRole('list', { name: 'Tags' })).getByText('alignment')).toBeTruthy();
  });

  test('shows all that came with a paper, and says of a summary that a machine wrote it', async () => {
    await open([
      aPaper({
        published: '2017-06-12',
        updated: '2023-08-02',
        arxivId: '1706.03762',
        categories: ['cs.CL', 'cs.LG'],
        venue: 'Journal of Examples',
        journalReference: 'Journal of Examples 12 (3), 1–15',
        comment: '15 pages, 5 figures',
        votes: 1204,
        comments: 1,
        keywords: ['attention', 'sequence models'],
        summary: 'A machine says that attention is enough.',
        versions: [
          { name: 'v1', date: '2017-06-12' },
          { name: 'v2', date: null },
        ],
        citationKey: 'vaswani2017',
        links: [
          { kind: 'code', label: 'Code', url: 'https://github.com/a/b' },
          { kind: 'pdf', label: 'PDF', url: 'https://arxiv.org/pdf/1706.03762' },
          { kind: 'abstract', label: 'Abstract page', url: 'https://arxiv.org/abs/1706.03762v2' },
        ],
        revisions: [{ abstract: 'What it said before.', source: 'old.bib', importedAt: 0 }],
      }),
    ]);
    const page = screen.getByRole('article');
    expect(within(page).getByText(`revised ${publishedDate('2023-08-02')}`)).toBeTruthy();
    // Said once, though venue and reference both name the journal.
    expect(page.querySelector('cite')?.textContent).toBe('Journal of Examples 12 (3), 1–15');
    expect(page.textContent).toContain('arXiv:1706.03762 [cs.CL, cs.LG]');
    const links = within(page).getAllByRole('link');
    expect(links.map((link) => link.textContent)).toEqual(['arXiv:1706.03762', 'PDF', 'Code']);
    const detail = (name: string) => within(page).getByText(name).nextElementSibling?.textContent;
    expect(detail('Keywords')).toBe('attention, sequence models');
    expect(detail('Comment')).toBe('15 pages, 5 figures');
    expect(detail('At capture')).toBe('1,204 votes, 1 comment');
    expect(detail('Versions')).toBe(`v1 (${publishedDate('2017-06-12')}), v2`);
    expect(detail('Citation key')).toContain('vaswani2017');
    expect(screen.getByRole('region', { name: 'Summary written by a machine' }).textContent).toContain('enough');
    expect(within(page).getByText(/^Earlier abstract, from old\.bib/)).toBeTruthy();
    await userEvent.click(within(page).getByRole('button', { name: 'Daily Papers' }));
    expect(handlers.onSource).toHaveBeenCalledWith(1);
  });

  test('shows a paper whose link holds a percent sign that means nothing', async () => {
    const links = [{ kind: 'abstract' as const, label: 'Abstract page', url: 'https://doi.org/10.1000/100%' }];
    await open([aPaper({ doi: '10.1000/100%', links })]);
    expect(screen.getByRole('link', { name: 'doi:10.1000/100%' })).toBeTruthy();
    expect(screen.queryByRole('link', { name: 'Abstract page' })).toBeNull();
  });

  test('says of a paper from a list of ids that its text is still to come', async () => {
    await open([aPaper({ title: 'arXiv:2306.12345', arxivId: '2306.12345', abstract: null })]);
    expect(screen.getByText(/Only its id is known so far/)).toBeTruthy();
  });

  test('says that there is no abstract, and where to look', async () => {
    await open([aPaper({ abstract: null })]);
    expect(screen.getByText('This paper came without an abstract.')).toBeTruthy();
    expect(screen.getByRole<HTMLAnchorElement>('link', { name: 'Find on arXiv' }).href).toContain('arxiv.org/search');
  });

  test('folds three thousand authors', async () => {
    await open([aPaper({ authors: Array.from({ length: 3000 }, (_, i) => `Author ${i}`) })]);
    expect(screen.queryByText(/Author 2999/)).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'and 2,988 more' }));
    expect(screen.getByText(/Author 2999/)).toBeTruthy();
  });

  test('keeps the page of before until the next is there, and drops answers that were overtaken', async () => {
    const { client, open: calls, next } = slowLibrary();
    const { rerender } = render(reader({ client }));
    await act(async () => next('paper.get').answer(aPaper({ title: 'First' })));
    rerender(reader({ client, paperId: 'title:0002' }));
    rerender(reader({ client, paperId: 'title:0003' }));
    expect(screen.getByRole('heading', { name: 'First' })).toBeTruthy();
    expect(calls).toHaveLength(2);
    await act(async () => calls[1]?.answer(aPaper({ id: 'title:0003', title: 'Third' })));
    await act(async () => calls[0]?.answer(aPaper({ id: 'title:0002', title: 'Second' })));
    expect(screen.getByRole('heading', { name: 'Third' })).toBeTruthy();
  });

  test('says in place what failed, and tries again', async () => {
    const { client, next } = slowLibrary();
    render(reader({ client }));
    await act(async () => next('paper.get').fail(new OffprintError('not-found', 'It is no longer in the library.')));
    expect(screen.getByRole('alert').textContent).toContain('It is no longer in the library.');
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    await act(async () => next('paper.get').answer(aPaper()));
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByRole('article')).toBeTruthy();
  });

  test('sums up a selection of several, whose status is set at once', async () => {
    await open([aPaper()], { selectionCount: 12, paperId: null });
    expect(screen.getByText('12 papers selected')).toBeTruthy();
    await userEvent.click(screen.getByRole('radio', { name: 'Read' }));
    expect(handlers.onMark).toHaveBeenCalledWith({ status: 'read' });
  });

  test('scrolls by pages and says when it is at the end', async () => {
    await open([aPaper()]);
    const page = screen.getByRole('region', { name: 'Weak-to-Strong Generalization' });
    Object.defineProperties(page, { clientHeight: { value: 400 }, scrollHeight: { value: 700 } });
    expect(ref.current?.scrollPage(-1)).toBe(false);
    expect(ref.current?.scrollPage(1)).toBe(true);
    expect(page.scrollTop).toBe(344);
    page.scrollTop = 300;
    expect(ref.current?.scrollPage(1)).toBe(false);
    act(() => ref.current?.focusReader());
    expect(document.activeElement).toBe(page);
  });
});

describe('highlights', () => {
  const abstract = 'We study an analogy. It is deep.';
  const given = { colour: 'green' as const, before: '', after: '', at: 1 };
  const analogy = { ...given, id: '00000000-0000-4000-8000-000000000001', quote: 'an analogy', from: 9 };
  const gone = { ...given, id: '00000000-0000-4000-8000-000000000002', quote: 'of another time', from: 3 };
  const marks = () =>
    [...document.querySelectorAll('.abstract [data-highlight]')].map(({ textContent }) => textContent);
  const page = () => document.querySelector<HTMLElement>('.page-scroll');

  test('stand in the abstract; those whose words are gone stand below it', async () => {
    await open([aPaper({ abstract, highlights: [analogy, gone] })]);
    expect(marks()).toEqual(['an analogy']);
    const lost = screen.getByRole('region', { name: 'Highlights no longer in the text' });
    expect(within(lost).getByText('of another time')).toBeTruthy();
  });

  test('are made, coloured and removed from the keyboard, and nothing is where nothing can be changed', async () => {
    const { client, next } = slowLibrary();
    const { rerender } = render(reader({ client }));
    await act(async () => next('paper.get').answer(aPaper({ abstract })));
    act(() => page()?.focus());
    await userEvent.keyboard('{ArrowRight}{Shift>}{ArrowRight}{/Shift}');
    act(() => ref.current?.page()?.highlight());
    expect(next('highlights.set').input).toMatchObject({ highlights: [{ quote: 'We study', colour: 'yellow' }] });
    expect(marks()).toEqual(['We study']);
    act(() => ref.current?.page()?.highlight());
    expect(next('highlights.set').input).toMatchObject({ highlights: [{ quote: 'We study', colour: 'green' }] });
    rerender(reader({ client, canChange: false }));
    await userEvent.keyboard('{Delete}');
    expect(marks()).toEqual(['We study']);
    rerender(reader({ client }));
    await userEvent.keyboard('{Delete}');
    const removed = next('highlights.set');
    expect(removed.input).toMatchObject({ highlights: [] });
    await act(async () => removed.answer({ label: 'Removed a highlight' }));
    expect(handlers.onDid).toHaveBeenCalledExactlyOnceWith('Removed a highlight');
  });

  test('and other words are quoted at the end of the note, which is then written on', async () => {
    await open([aPaper({ abstract, note: 'before' })]);
    expect(ref.current?.page()?.quote()).toBe(false);
    act(() => page()?.focus());
    await userEvent.keyboard('{ArrowRight}');
    act(() => expect(ref.current?.page()?.quote()).toBe(true));
    const written = await screen.findByRole<HTMLElement>('textbox', { name: 'Note' });
    expect(written.textContent || (written as HTMLTextAreaElement).value).toMatch(/^before\s*> We/);
  });
});

describe('the bar', () => {
  test('shows the status; arrows only move, Space and Enter choose', async () => {
    await open([aPaper({ status: 'queued' })]);
    const queued = screen.getByRole<HTMLInputElement>('radio', { name: 'To read' });
    expect(queued.checked).toBe(true);
    act(() => queued.focus());
    await userEvent.keyboard('{ArrowRight}');
    expect(document.activeElement).toBe(screen.getByRole('radio', { name: 'Reading' }));
    expect(handlers.onMark).not.toHaveBeenCalled();
    await userEvent.keyboard(' ');
    expect(handlers.onMark).toHaveBeenLastCalledWith({ status: 'reading' });
    await userEvent.keyboard('{ArrowRight}{Enter}');
    expect(handlers.onMark).toHaveBeenLastCalledWith({ status: 'read' });
  });

  test('stars, opens tags and goes back', async () => {
    await open([aPaper({ starred: true })], { covering: true });
    const star = screen.getByRole('button', { name: 'Star', pressed: true });
    expect(star.title).toBe('Remove the star (s)');
    await userEvent.click(star);
    expect(handlers.onMark).toHaveBeenCalledWith({ starred: false });
    await userEvent.click(screen.getByRole('button', { name: 'Tags' }));
    expect(handlers.onEditTags).toHaveBeenCalledOnce();
    await userEvent.click(screen.getByRole('button', { name: 'Back to the list' }));
    expect(handlers.onBack).toHaveBeenCalledOnce();
  });
});

describe('the paper beside the shown one', () => {
  const titled = (id: string, title: string) => aPaper({ id, title });
  const heading = () => screen.queryByRole('heading', { level: 2 })?.textContent;

  /** Goes to the second paper and lets the third come ahead. */
  async function goAbout() {
    const library = slowLibrary();
    const beside = () => ['third'];
    const show = (paperId: string, revision = 0) => reader({ client: library.client, paperId, revision, next: beside });
    const { rerender } = render(show('first'));
    await act(async () => library.next('paper.get').answer(titled('first', 'First')));
    const go = (...to: Parameters<typeof show>) => rerender(show(...to));
    go('second');
    await act(async () => library.next('paper.get').answer(titled('second', 'Second')));
    await waitFor(() => expect(library.open.map(({ input }) => input)).toEqual([{ id: 'third', query: '' }]));
    return { library, go };
  }

  test('is shown with the key that goes to it, and asked for again when the reader stays', async () => {
    const { library, go } = await goAbout();
    await act(async () => library.next('paper.get').answer(titled('third', 'Third')));
    go('third');
    expect(heading()).toBe('Third');
    await waitFor(() => expect(library.open).toHaveLength(1));
    await act(async () => library.next('paper.get').answer(titled('third', 'Third, corrected')));
    expect(heading()).toBe('Third, corrected');
  });

  test('is shown as soon as it comes when it is gone to before that', async () => {
    const { library, go } = await goAbout();
    go('third');
    expect(library.open).toHaveLength(1);
    await act(async () => library.next('paper.get').answer(titled('third', 'Third')));
    expect(heading()).toBe('Third');
  });

  test('is asked for again when papers may have changed', async () => {
    const { library, go } = await goAbout();
    await act(async () => library.next('paper.get').answer(titled('third', 'Third')));
    go('third', 1);
    expect(heading()).toBe('Second');
    await act(async () => library.next('paper.get').answer(titled('third', 'Third, corrected')));
    expect(heading()).toBe('Third, corrected');
  });

  test('says why it cannot be read only when it is gone to', async () => {
    const { library, go } = await goAbout();
    const failure = new OffprintError('unreadable', 'It is damaged.');
    await act(async () => library.next('paper.get').fail(failure));
    expect(screen.queryByRole('alert')).toBeNull();
    go('third');
    await act(async () => library.next('paper.get').fail(failure));
    expect(screen.getByRole('alert').textContent).toContain('It is damaged.');
    // Gone away from, it is asked for ahead again; what comes then stands there without the failure.
    go('second');
    await waitFor(() => expect(library.open).toHaveLength(1));
    await act(async () => library.next('paper.get').answer(titled('third', 'Third')));
    go('third');
    expect(heading()).toBe('Third');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('is not asked for before the reader goes about', async () => {
    const { client, open: calls, next } = slowLibrary();
    const beside = vi.fn(() => ['second']);
    render(reader({ client, paperId: 'first', next: beside }));
    await act(async () => next('paper.get').answer(titled('first', 'First')));
    await new Promise(requestAnimationFrame);
    await new Promise((resolve) => setTimeout(resolve));
    expect([calls.length, beside.mock.calls.length]).toEqual([0, 0]);
  });
});

describe('the note', () => {
  test('is written from its key, saved on leaving by Escape, and shown rendered', async () => {
    const { saved } = await open([aPaper()]);
    act(() => ref.current?.focusNote());
    expect(document.activeElement).toBe(field());
    await userEvent.keyboard('so **good**{Escape}');
    expect(handlers.onBack).toHaveBeenCalledOnce();
    expect(field()).toBeNull();
    await waitFor(() => expect(screen.getByText('good').tagName).toBe('STRONG'));
    expect(saved.at(-1)).toBe('so **good**');
    expect(await screen.findByText('Saved')).toBeTruthy();
  });

  test('is edited by a click or by Enter, with the caret at its end, but a link in it is followed', async () => {
    await open([aPaper({ note: 'old [words](https://a.org)' })]);
    const link = await screen.findByRole('link', { name: 'words' });
    link.addEventListener('click', (event) => event.preventDefault());
    await userEvent.click(link);
    expect(field()).toBeNull();
    act(() => screen.getByRole('region', { name: 'Note' }).focus());
    await userEvent.keyboard('{Enter}');
    expect(field()?.selectionStart).toBe(field()?.value.length);
    await userEvent.keyboard('{Escape}');
    await userEvent.click(screen.getByText(/old/));
    expect(field()).toBeTruthy();
  });

  test('is not opened where it may not be written, by whatever way', async () => {
    const mayWrite = vi.fn(() => false);
    await open([aPaper({ note: 'My thought.' })], { mayWrite });
    act(() => ref.current?.focusNote());
    await userEvent.click(screen.getByRole('button', { name: 'Edit' }));
    await userEvent.click(screen.getByText('My thought.'));
    expect(field()).toBeNull();
    expect(mayWrite).toHaveBeenCalledTimes(3);
  });

  test('has what was searched for marked, also while it is open for writing and not yet changed', async () => {
    await open([aPaper({ note: 'a **weak** idea', noteMatches: [[4, 8]] })]);
    await waitFor(() => expect(screen.getByText('weak').outerHTML).toBe('<mark>weak</mark>'));
    act(() => ref.current?.focusNote());
    expect(screen.getByText('weak').outerHTML).toBe('<mark>weak</mark>');
    await userEvent.keyboard('!');
    expect(screen.queryByText('weak')).toBeNull();
    await userEvent.keyboard('{Escape}');
    // The library has not said where the words stand in the note as it is now.
    await waitFor(() => expect(screen.getByText('weak').tagName).toBe('STRONG'));
  });

  test('is saved when another paper is shown, and the next note is opened only when asked for', async () => {
    const { saved, show, papers } = await open([aPaper(), aPaper({ id: 'title:0002', title: 'Second' })]);
    act(() => ref.current?.focusNote());
    await userEvent.keyboard('first');
    show({ paperId: 'title:0002' });
    await screen.findByRole('heading', { name: 'Second' });
    expect(saved.at(-1)).toBe('first');
    expect(papers.get('title:0001')?.note).toBe('first');
    expect(field()).toBeNull();
  });

  test('begins at its top, wherever the one before it was left', async () => {
    const second = aPaper({ id: 'title:0002', title: 'Second', note: 'another long one' });
    const { show } = await open([aPaper({ note: 'a long one' }), second]);
    const region = () => screen.getByRole('region', { name: 'Note' });
    region().scrollTop = 500;
    show({ revision: 1 });
    expect(region().scrollTop).toBe(500);
    show({ paperId: 'title:0002' });
    await screen.findByText('another long one');
    expect(region().scrollTop).toBe(0);
  });

  test('asked for before its paper is there is opened with it', async () => {
    const { client, next } = slowLibrary();
    const { rerender } = render(reader({ client }));
    await act(async () => next('paper.get').answer(aPaper()));
    rerender(reader({ client, paperId: 'title:0002' }));
    act(() => ref.current?.focusNote());
    expect(field()).toBeNull();
    await act(async () => next('paper.get').answer(aPaper({ id: 'title:0002', note: 'second' })));
    expect(field()?.value).toBe('second');
  });

  test('is saved when the reader is closed, and by flush', async () => {
    const { saved, unmount } = await open([aPaper()]);
    act(() => ref.current?.focusNote());
    await userEvent.keyboard('a');
    await act(async () => ref.current?.flush());
    expect(saved).toEqual(['a']);
    await userEvent.keyboard('b');
    unmount();
    await waitFor(() => expect(saved).toEqual(['a', 'ab']));
  });

  test('is not overwritten while it is written, but shown anew when it is not', async () => {
    const { show, papers } = await open([aPaper({ note: 'mine' })]);
    act(() => ref.current?.focusNote());
    papers.set('title:0001', aPaper({ note: 'theirs' }));
    show({ revision: 1 });
    expect(await screen.findByText('This note was changed elsewhere.')).toBeTruthy();
    expect(field()?.value).toBe('mine');
    await userEvent.keyboard('{Escape}');
    expect(await screen.findByText('theirs')).toBeTruthy();
    papers.set('title:0001', aPaper({ note: 'theirs again' }));
    show({ revision: 2 });
    expect(await screen.findByText('theirs again')).toBeTruthy();
  });

  test('written on after it was changed elsewhere takes nothing of that away, and asks', async () => {
    const { show, papers, saved } = await open([
      aPaper({ note: 'first' }),
      aPaper({ id: 'title:0002', title: 'Other' }),
    ]);
    act(() => ref.current?.focusNote());
    papers.set('title:0001', aPaper({ note: 'theirs' }));
    show({ revision: 1 });
    expect(await screen.findByText('This note was changed elsewhere.')).toBeTruthy();
    await userEvent.keyboard('!{Escape}');
    expect((await screen.findByRole('alert')).textContent).toContain('Not saved: it was changed elsewhere, too');
    expect(screen.getByText('first!')).toBeTruthy();
    show({ paperId: 'title:0002', revision: 1 });
    await screen.findByText('Other');
    expect(screen.getByRole('alert').textContent).toContain('The note of another paper was changed elsewhere');
    show({ revision: 1 });
    await userEvent.click(await screen.findByRole('button', { name: 'Keep both' }));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    expect(saved).toEqual(['theirs\n\n---\n\nfirst!']);
  });

  test('shows the text that Undo brings back while it is open for writing, unless something is typed and not saved', async () => {
    const { show, papers, client, saved } = await open([aPaper({ note: 'new' })]);
    act(() => ref.current?.focusNote());
    papers.set('title:0001', aPaper({ note: 'old' }));
    act(() => noteSaverOf(client).turned());
    show({ revision: 1 });
    await waitFor(() => expect(field()?.value).toBe('old'));
    expect(screen.queryByText('This note was changed elsewhere.')).toBeNull();

    await userEvent.keyboard('er');
    papers.set('title:0001', aPaper({ note: 'older still' }));
    act(() => noteSaverOf(client).turned());
    show({ revision: 2 });
    expect(field()?.value).toBe('older');
    await act(async () => ref.current?.flush());
    // It was written over what is not there any more.
    expect(saved).toEqual(['older still\n\n---\n\nolder']);
    expect(field()?.value).toBe(saved[0]);
  });

  test('shows an earlier text that is brought back while it is open for writing, before it is saved and after', async () => {
    const { client, next } = slowLibrary();
    render(reader({ client }));
    await act(async () => next('paper.get').answer(aPaper({ note: 'new' })));
    act(() => ref.current?.focusNote());
    let restored: Promise<void> | null = null;
    await act(async () => {
      restored = noteSaverOf(client).replace('title:0001', 'as it was');
    });
    expect(field()?.value).toBe('as it was');
    expect(document.activeElement).toBe(field());
    await act(async () => next('note.set').answer({ changedAt: 1 }));
    await restored;
    expect(field()?.value).toBe('as it was');
    await userEvent.keyboard('!');
    expect(field()?.value).toBe('as it was!');
    await userEvent.keyboard('{Escape}');
    await act(async () => next('note.set').answer({ changedAt: 2 }));
  });

  test('has the way to its history once there is a note, and while it is written', async () => {
    const { papers, show } = await open([aPaper()]);
    expect(screen.queryByRole('button', { name: 'History' })).toBeNull();
    act(() => ref.current?.focusNote());
    act(() => screen.getByRole('button', { name: 'History' }).click());
    expect(handlers.onNoteHistory).toHaveBeenCalledOnce();
    await userEvent.keyboard('{Escape}');
    papers.set('title:0001', aPaper({ note: 'something' }));
    show({ revision: 1 });
    await screen.findByText('something');
    act(() => screen.getByRole('button', { name: 'History' }).click());
    expect(handlers.onNoteHistory).toHaveBeenCalledTimes(2);
  });

  test('keeps its text with the error, on every paper, until a retry saves it', async () => {
    const { client, next, open: calls } = slowLibrary();
    const { rerender } = render(reader({ client }));
    await act(async () => next('paper.get').answer(aPaper()));
    act(() => ref.current?.focusNote());
    await userEvent.keyboard('precious');
    rerender(reader({ client, paperId: 'title:0002' }));
    await act(async () => next('paper.get').answer(aPaper({ id: 'title:0002', title: 'Second' })));
    await act(async () => next('note.set').fail(new OffprintError('unreadable', 'The disk is full.')));
    expect(handlers.onNotice).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('another paper'), 'error');
    expect(screen.getByRole('alert').textContent).toContain('The note of another paper is not saved.');

    rerender(reader({ client, paperId: 'title:0001' }));
    expect(screen.getByRole('alert').textContent).toContain('Not saved. The disk is full. The text is kept here.');
    expect(await screen.findByText('precious')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    const retried = next('note.set');
    expect(retried.input).toMatchObject({ id: 'title:0001', text: 'precious' });
    await act(async () => retried.answer({ changedAt: 1 }));
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByText('Saved')).toBeTruthy();
    expect(calls).toEqual([]);
  });

  test('is sent at once when the page goes into the background', async () => {
    const { saved } = await open([aPaper()]);
    act(() => ref.current?.focusNote());
    await userEvent.keyboard('quick');
    const hidden = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    await act(async () => document.dispatchEvent(new Event('visibilitychange')));
    hidden.mockRestore();
    expect(saved).toEqual(['quick']);
  });

  test('that could not be saved makes a browser ask before the page closes, and only then', async () => {
    const closing = () => {
      const event = new Event('beforeunload', { cancelable: true });
      window.dispatchEvent(event);
      return event.defaultPrevented;
    };
    const { client, next } = slowLibrary();
    render(reader({ client }));
    await act(async () => next('paper.get').answer(aPaper()));
    act(() => ref.current?.focusNote());
    await userEvent.keyboard('x');
    expect(closing()).toBe(false);
    await act(async () => next('note.set').fail(new OffprintError('unreadable', 'The disk is full.')));
    expect(closing()).toBe(true);
    await act(async () => next('note.set').answer({ changedAt: 1 }));
    expect(closing()).toBe(false);
  });

  test('never reaches the title of the window or storage', async () => {
    const { saved } = await open([aPaper({ title: 'Secret title' })]);
    act(() => ref.current?.focusNote());
    await userEvent.keyboard('secret note{Escape}');
    expect(saved.at(-1)).toBe('secret note');
    expect(document.title).toBe('');
    expect(localStorage.length + sessionStorage.length).toBe(0);
  });
});

test('the divider says its value', async () => {
  await open([aPaper()]);
  const divider = screen.getByRole('separator', { name: 'Size of the note' });
  expect(divider.tabIndex).toBe(0);
  expect(divider.getAttribute('aria-orientation')).toBe('horizontal');
});
