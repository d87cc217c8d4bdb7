import { expect, test } from 'vitest';
import { commands } from '../../shared/commands.ts';
import { acceleratorOf } from './accelerator.ts';

test.each([
  ['Mod+z', 'CommandOrControl+Z'],
  ['Mod+Shift+z', 'CommandOrControl+Shift+Z'],
  ['Shift+Space', 'Shift+Space'],
  ['ArrowDown', 'Down'],
  ['Escape', 'Esc'],
  ['F5', 'F5'],
  ['[', '['],
  ['+', 'Plus'],
  ['?', '?'],
  ['j', 'J'],
  ['g i', null],
])('%s is shown as %s', (key, accelerator) => {
  expect(acceleratorOf(key)).toBe(accelerator);
});

test('every key of every command is one that Electron can read', () => {
  const readable =
    /^((CommandOrControl|Shift|Alt)\+)*([A-Z0-9]|F\d+|Space|Esc|Up|Down|Left|Right|Home|End|Plus|[^\w\s+])$/;
  for (const key of commands.flatMap((command) => [...command.keys])) {
    const accelerator = acceleratorOf(key);
    if (accelerator !== null) expect(accelerator).toMatch(readable);
  }
});
