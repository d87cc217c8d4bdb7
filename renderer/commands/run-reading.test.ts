import { expect, test, vi } from 'vitest';
import type { CommandId } from '../../shared/commands.ts';
import { Session } from '../state/session.ts';
import type { Frame } from './run.ts';
import { meantInPage, type PageActions, readingActions } from './run-reading.ts';

function page(fields: Partial<PageActions> = {}): PageActions {
  return {
    stepMatch: () => true,
    hasMatches: () => true,
    hasSelection: () => false,
    highlight: () => {},
    quote: () => true,
    ...fields,
  };
}

function window(shown: PageActions | null = page()) {
  const session = new Session({ call: () => new Promise(() => {}), on: () => () => {} });
  const frame = { page: () => shown, enterFocusMode: vi.fn(), leaveFocusMode: vi.fn() };
  const run = (id: keyof typeof readingActions) => readingActions[id](session, frame as unknown as Frame);
  const messages = () => session.store.get().toasts.map(({ message }) => message);
  return { session, frame, run, messages, reading: () => session.store.get().settings.reading };
}

test('the size of text goes up and down as far as it goes, and back; the length of lines stays', () => {
  const { session, run, reading } = window();
  session.settings.change({ reading: { size: 100, measure: 80 } });
  run('largerText');
  expect(reading()).toEqual({ size: 110, measure: 80 });
  for (let press = 0; press < 20; press += 1) run('largerText');
  expect(reading().size).toBe(200);
  for (let press = 0; press < 20; press += 1) run('smallerText');
  expect(reading().size).toBe(70);
  run('usualText');
  expect(reading()).toEqual({ size: 100, measure: 80 });
});

test('a text is shown as it came for that paper, and again as it is read', () => {
  const { session, run } = window();
  run('showOriginal');
  expect(session.store.get().originals.size).toBe(0);
  session.store.set({ currentId: 'arxiv:1' });
  run('showOriginal');
  session.store.set({ currentId: 'arxiv:2' });
  run('showOriginal');
  run('showOriginal');
  expect([...session.store.get().originals]).toEqual(['arxiv:1']);
});

test('a paper is shown alone only where there is one, and left from there', () => {
  const { session, run, frame } = window();
  run('focusMode');
  expect(frame.enterFocusMode).not.toHaveBeenCalled();
  session.store.set({ currentId: 'arxiv:1' });
  run('focusMode');
  expect(frame.enterFocusMode).toHaveBeenCalledOnce();
  session.store.set({ focusMode: true });
  run('focusMode');
  expect(frame.leaveFocusMode).toHaveBeenCalledOnce();
});

test('who asks for what is not there is told so', () => {
  const { run, messages } = window(page({ stepMatch: () => false, quote: () => false }));
  run('nextMatch');
  expect(messages()).toEqual(['Nothing in this paper is what was searched for']);
  run('quoteInNote');
  expect(messages()).toEqual(['Select words of the abstract first']);
});

test('n and Shift+n step through matches on the page, unless there are none or words are selected', () => {
  document.body.innerHTML = '<div class="page-scroll"><p></p></div><b></b>';
  const [inside, outside] = [document.querySelector('p'), document.querySelector('b')];
  const meant = (id: CommandId, target: Element | null, shown: PageActions | null) => meantInPage(id, target, shown);
  expect(meant('editNote', inside, page())).toBe('nextMatch');
  expect(meant('quoteInNote', inside, page())).toBe('previousMatch');
  expect(meant('quoteInNote', inside, page({ hasSelection: () => true }))).toBe('quoteInNote');
  expect(meant('editNote', inside, page({ hasMatches: () => false }))).toBe('editNote');
  expect(meant('editNote', outside, page())).toBe('editNote');
  expect(meant('editNote', inside, null)).toBe('editNote');
  expect(meant('toggleRead', inside, page())).toBe('toggleRead');
});
