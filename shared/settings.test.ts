import { expect, test } from 'vitest';
import { settingsChangeSchema, settingsSchema } from './settings.ts';

test('settings never written are the defaults', () => {
  const settings = settingsSchema.parse({});
  expect(settings).toMatchObject({ theme: 'system', view: 'inbox', panes: { views: 200 }, window: null });
  expect(settingsSchema.parse(settings)).toEqual(settings);
});

test.each([
  {},
  { theme: 'dark' as const },
  { window: null },
  { markReadAfter: 5 },
])('a change holds what it names and nothing else: %j', (change) => {
  expect(settingsChangeSchema.parse(change)).toEqual(change);
});
