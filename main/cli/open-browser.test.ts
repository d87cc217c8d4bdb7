import type { ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { type Opener, openBrowser, runWithInput } from './open-browser.ts';

const url = 'http://127.0.0.1:4000/?token=secret';

/** A system whose ways of opening an address are recorded. */
function system(platform: NodeJS.Platform) {
  const child = new EventEmitter() as ChildProcess;
  const complaints: string[] = [];
  const opener = {
    platform,
    run: vi.fn<Opener['run']>(() => child),
    open: vi.fn<Opener['open']>(() => Promise.resolve(child)),
  };
  return { child, complaints, opener, begin: () => openBrowser(url, (line) => complaints.push(line), opener) };
}

test('on macOS the address stands on no command line', async () => {
  const { begin, opener } = system('darwin');
  await begin();
  expect(opener.open).not.toHaveBeenCalled();
  expect(opener.run).toHaveBeenCalledExactlyOnceWith('/usr/bin/osascript', ['-'], `open location "${url}"\n`);
});

test('no address ends the text that AppleScript is given', async () => {
  const { opener } = system('darwin');
  await openBrowser('http://127.0.0.1/?token="\n& do shell script "x', () => {}, opener);
  const [, , script = ''] = opener.run.mock.calls[0] ?? [];
  expect(script).toMatch(/^open location "[^"\n]+"\n$/);
});

test.each(['linux', 'win32'] as const)('on %s the system opens it', async (platform) => {
  const { begin, opener } = system(platform);
  await begin();
  expect(opener.run).not.toHaveBeenCalled();
  expect(opener.open).toHaveBeenCalledExactlyOnceWith(url);
});

test.each(['linux', 'darwin'] as const)('on %s a failure is said once, without the address', async (platform) => {
  const { begin, child, complaints } = system(platform);
  await begin();
  child.emit('exit', 0);
  expect(complaints).toEqual([]);
  await begin();
  child.emit('exit', 1);
  expect(complaints).toEqual(['offprint: no browser could be opened; open the address above by hand.']);
});

test('what cannot be started at all is said, too', async () => {
  const { begin, complaints, opener } = system('linux');
  opener.open.mockRejectedValue(new Error(url));
  await begin();
  expect(complaints).toEqual(['offprint: no browser could be opened; open the address above by hand.']);
});

test.skipIf(process.platform === 'win32')('a program is given its text as standard input', async () => {
  const whole = `^open location "${url.replace('?', '[?]')}"$`;
  const found = runWithInput('grep', ['-q', whole], `open location "${url}"\n`);
  expect(await once(found, 'exit')).toEqual([0, null]);
  const deaf = runWithInput('true', [], url.repeat(10_000));
  expect(await once(deaf, 'exit')).toEqual([0, null]);
});
