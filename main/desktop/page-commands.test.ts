import { beforeEach, expect, test, vi } from 'vitest';
import { type CommandWindow, type PageCommands, pageCommands } from './page-commands.ts';
import { smallLibrary } from './small-library.ts';

let isOpen: boolean;
let steps: string[];
let commands: PageCommands;

beforeEach(() => {
  isOpen = true;
  steps = [];
  const window: CommandWindow = {
    isOpen: () => isOpen,
    show: () => void steps.push('show'),
    send: (_event, { id }) => void steps.push(id),
  };
  const { handlers } = smallLibrary();
  const take = async () => {
    steps.push('take');
    return { requests: [] };
  };
  commands = pageCommands({ ...handlers, 'opening.take': take }, window);
});

const afterAll = () => new Promise((resolve) => setImmediate(resolve));

test('an open window gets a command at once', () => {
  commands.give('undo');
  expect(steps).toEqual(['undo']);
});

test('without a window, one is opened, and gets the commands when its page is ready for them', async () => {
  isOpen = false;
  commands.give('import');
  isOpen = true;
  commands.give('search');
  expect(steps).toEqual(['show', 'show']);
  await expect(commands.handlers['opening.take']({})).resolves.toEqual({ requests: [] });
  // What was to be opened is answered first.
  expect(steps).toEqual(['show', 'show', 'take']);
  await afterAll();
  expect(steps.slice(3)).toEqual(['import', 'search']);
  // Each is given once, and the next again at once.
  await commands.handlers['opening.take']({});
  await afterAll();
  commands.give('help');
  expect(steps.slice(5)).toEqual(['take', 'help']);
});

test('of very many, the last ones wait', async () => {
  isOpen = false;
  for (let at = 0; at < 30; at += 1) commands.give(at < 20 ? 'help' : 'goInbox');
  steps.length = 0;
  await commands.handlers['opening.take']({});
  await vi.waitFor(() => expect(steps).toEqual(['take', ...Array(10).fill('goInbox')]));
});
