import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folder = import.meta.dirname;
const sources = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.startsWith('electron-double'))
  .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

/** What of Electron and Node would write what a reader does where others find it: by how it is called. */
const leavesTraces = {
  'a crash report': /\bcrashReporter\b/,
  'a log of the network or of the browser': /\b(?:netLog|contentTracing|enable-logging|log-file|log-net-log)\b/,
  'the recent documents of the system': /\b(?:addRecentDocument|setRepresentedFilename|setUserActivity)\b/,
  'what the system opens links and files with, which is for the installer to say':
    /\b(?:setAsDefaultProtocolClient|removeAsDefaultProtocolClient)\b/,
  'the entries of the task bar': /\b(?:setJumpList|setUserTasks|setThumbarButtons)\b/,
  'the title of the window': /\.setTitle\(/,
  'a notification': /\bnew Notification\(/,
  'the console': /\bconsole\./,
};

test.each(Object.entries(leavesTraces))('the desktop program never writes into %s', (_what, pattern) => {
  expect(sources.length).toBeGreaterThan(20);
  expect(sources.filter(({ text }) => pattern.test(text)).map(({ name }) => name)).toEqual([]);
});

test('no dialog for files or folders has what was chosen listed among the last documents', () => {
  const calls = sources.flatMap(({ name, text }) =>
    [...text.matchAll(/show(?:Open|Save)Dialog(?:Sync)?\([\s\S]*?\}\)/g)].map(([call]) => ({ name, call })),
  );
  expect(calls.map(({ name }) => name).sort()).toEqual(['choose-folder.ts', 'pdf.ts']);
  for (const { name, call } of calls) expect([name, call]).toEqual([name, expect.stringContaining('dontAddToRecent')]);
});
