import { act, cleanup, render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Client } from '../../shared/client.ts';
import { Session } from '../state/session.ts';
import type { Frame } from './run.ts';
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
