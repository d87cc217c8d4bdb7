import { expect, test } from 'vitest';
import { windowMemory } from './window-memory.ts';

const shown = (query: string) => ({ paper: null, query });

test('each window has what it showed last, and those heard of longest ago are forgotten', async () => {
  const memory = windowMemory();
  const remembered = async (window: string) => (await memory['window.remembered']({ window })).shown?.query ?? null;
  expect(await remembered('one')).toBeNull();
  await memory['window.remember']({ window: 'one', shown: shown('first') });
  await memory['window.remember']({ window: 'two', shown: shown('other') });
  await memory['window.remember']({ window: 'one', shown: shown('second') });
  expect([await remembered('one'), await remembered('two')]).toEqual(['second', 'other']);
  for (let at = 0; at < 49; at += 1) await memory['window.remember']({ window: `${at}`, shown: shown('') });
  expect([await remembered('one'), await remembered('two')]).toEqual(['second', null]);
});
