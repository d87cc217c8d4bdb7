import { act, cleanup, render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Client } from '../../shared/client.ts';
import { triageCommands } from '../../shared/commands.ts';
import { Session } from '../state/session.ts';
import type { Frame } from './run.ts';
import type { PageActions } from './run-reading.ts';
import { useKeyboard } from './use-keyboard.ts';

let fromMenu: (payload: { id: string }) => void = () => {};
const client: Client = {
  call: () => new Promise(() => {}),
  on(event, listener) {
    if (event === 'command') fromMenu = listener as unknown as typeof fromMenu;
    return () => {};
  },
};

const frame = {
  focusViews: vi.fn(),
  focusList: vi.fn(),
  focusSearch: vi.fn(),
  focusReader: vi.fn(),
  showReader: vi.fn(),
  toggleViews: vi.fn(),
  toggleReader: vi.fn(),
  scrollReader: vi.fn(() => true),
  page: vi.fn(() => null as PageActions | null),
  enterFocusMode: vi.fn(),
  leaveFocusMode: vi.fn(),
  chooseFiles: vi.fn(),
  chooseFolder: vi.fn(),
} satisfies Frame;

const rowsPerPage = () => 10;
let session: Session;
let user: ReturnType<typeof userEvent.setup>;

function Window() {
  useKeyboard(session, frame, rowsPerPage);
  return (
    <>
      <input aria-label="text" />
      <button type="button">button</button>
    </>
  );
}

beforeEach(() => {
  session = new Session(client);
  vi.spyOn(session.papers, 'toggleRead').mockReturnValue();
  vi.spyOn(session.papers, 'move').mockReturnValue();
  vi.spyOn(session.papers, 'selectAll').mockReturnValue();
  vi.spyOn(session, 'goTo').mockReturnValue();
  user = userEvent.setup();
});

afterEach(() => {
  cleanup();
  vi.clearAllMocks();
});

describe('the keyboard', () => {
  it('gives commands, sequences and row keys', async () => {
    render(<Window />);
    await user.keyboard('m');
    expect(session.papers.toggleRead).toHaveBeenCalledTimes(1);
    await user.keyboard('gs');
    expect(session.goTo).toHaveBeenCalledWith('starred');
    await user.keyboard('{PageDown}');
    expect(session.papers.move).toHaveBeenLastCalledWith(10, 'alone');
    await user.keyboard('{Shift>}{ArrowUp}{/Shift}');
    expect(session.papers.move).toHaveBeenLastCalledWith(-1, 'range');
    await user.keyboard(' ');
    expect(frame.scrollReader).toHaveBeenCalledWith(1);
  });

  it('never fires single letters while typing, but commands that say so', async () => {
    const { getByLabelText } = render(<Window />);
    await user.click(getByLabelText('text'));
    await user.keyboard('m gs/');
    expect((getByLabelText('text') as HTMLInputElement).value).toBe('m gs/');
    expect(session.papers.toggleRead).not.toHaveBeenCalled();
    expect(session.goTo).not.toHaveBeenCalled();
    await user.keyboard('{Control>}a{/Control}');
    expect(session.papers.selectAll).not.toHaveBeenCalled();
    await user.keyboard('{Control>}2{/Control}{Escape}');
    expect(frame.focusList).toHaveBeenCalledTimes(2);
  });

  it('leaves Space and Enter to a button', async () => {
    const { getByRole } = render(<Window />);
    getByRole('button').focus();
    await user.keyboard(' {Enter}');
    expect(frame.scrollReader).not.toHaveBeenCalled();
    await user.keyboard('m');
    expect(session.papers.toggleRead).toHaveBeenCalledTimes(1);
  });

  it('moves with a held key, and marks only once', () => {
    render(<Window />);
    for (const repeat of [false, true, true]) {
      for (const key of ['j', 'm']) window.dispatchEvent(new KeyboardEvent('keydown', { key, repeat }));
    }
    expect(session.papers.move).toHaveBeenCalledTimes(3);
    expect(session.papers.toggleRead).toHaveBeenCalledTimes(1);
  });
});

describe('while a view is gone through', () => {
  beforeEach(() => {
    vi.spyOn(session.triage, 'isOpen', 'get').mockReturnValue(true);
    vi.spyOn(session.triage, 'run').mockReturnValue();
    vi.spyOn(session.triage, 'leave').mockReturnValue();
  });

  it('every key of the mode gives its command, and those of the list give none', async () => {
    render(<Window />);
    frame.scrollReader.mockReturnValue(false);
    for (const { id, keys } of triageCommands.filter((command) => command.id !== 'pageBack')) {
      for (const key of keys) {
        vi.mocked(session.triage.run).mockClear();
        const strokes = key.split('+').map((part) => (part === 'Mod' ? 'Control' : part === 'Space' ? ' ' : part));
        const held = strokes.slice(0, -1);
        const last = strokes.at(-1) ?? '';
        await user.keyboard(
          `${held.map((each) => `{${each}>}`).join('')}{${last}}${held.map((each) => `{/${each}}`).join('')}`,
        );
        expect(session.triage.run, key).toHaveBeenCalledExactlyOnceWith(id);
      }
    }
    vi.mocked(session.triage.run).mockClear();
    await user.keyboard('d.cgi{PageDown}{Control>}a{/Control}');
    expect(session.triage.run).not.toHaveBeenCalled();
    for (const call of [session.papers.move, session.papers.selectAll, session.goTo])
      expect(call).not.toHaveBeenCalled();
  });

  it('scrolls by Space first, and decides only once for a held key', async () => {
    render(<Window />);
    frame.scrollReader.mockReturnValue(true);
    await user.keyboard(' ');
    expect(session.triage.run).not.toHaveBeenCalled();
    for (const repeat of [false, true, true]) window.dispatchEvent(new KeyboardEvent('keydown', { key: 'x', repeat }));
    expect(session.triage.run).toHaveBeenCalledExactlyOnceWith('skip');
  });

  it('a command of the menu means the same there, or leaves the mode and does what it always does', () => {
    render(<Window />);
    act(() => fromMenu({ id: 'markSkipped' }));
    expect(session.triage.run).toHaveBeenCalledExactlyOnceWith('skip');
    expect(session.triage.leave).not.toHaveBeenCalled();
    act(() => fromMenu({ id: 'goStarred' }));
    expect(session.triage.leave).toHaveBeenCalledTimes(1);
    expect(session.goTo).toHaveBeenCalledWith('starred');
  });
});

describe('the application menu', () => {
  it('gives commands, and Select all to the text that is being edited', async () => {
    const { getByLabelText } = render(<Window />);
    act(() => fromMenu({ id: 'selectAll' }));
    expect(session.papers.selectAll).toHaveBeenCalledTimes(1);
    const input = getByLabelText('text') as HTMLInputElement;
    await user.type(input, 'words');
    act(() => fromMenu({ id: 'selectAll' }));
    expect(session.papers.selectAll).toHaveBeenCalledTimes(1);
    expect([input.selectionStart, input.selectionEnd]).toEqual([0, 5]);
    act(() => fromMenu({ id: 'toggleRead' }));
    expect(session.papers.toggleRead).toHaveBeenCalledTimes(1);
  });
});
