import { expect, test } from 'vitest';
import { findBrowser, obtainBrowser, type Surroundings } from './browser.ts';

const own = '/playwright/chromium/chrome';

/** A computer with these programs, a Linux unless told otherwise; `broken` ones do not start. */
function computer(programs: string[], more: Partial<Surroundings> & { broken?: string[] } = {}): Surroundings {
  return {
    env: { PATH: '/bin:/opt/bin' },
    platform: 'linux',
    home: '/home/reader',
    playwrightsOwn: own,
    isProgram: (path) => programs.includes(path),
    starts: (path) => !more.broken?.includes(path),
    ...more,
  };
}

test.each<[string, string | null, Surroundings]>([
  ['none', null, computer([])],
  [
    'the one that is named first',
    '/a',
    computer(['/a', '/b', own], { env: { PLAYWRIGHT_CHROMIUM: '/a', CHROME_PATH: '/b' } }),
  ],
  ['the one that is named', '/b', computer(['/a', '/b', own], { env: { PLAYWRIGHT_CHROMIUM: '', CHROME_PATH: '/b' } })],
  ['Playwright’s own before an installed one', own, computer([own, '/bin/chromium'])],
  ['one on the path', '/opt/bin/google-chrome', computer(['/opt/bin/google-chrome'])],
  ['one beside the path', '/usr/bin/chromium', computer(['/usr/bin/chromium'], { env: {} })],
  ['no stub', '/bin/google-chrome', computer(['/bin/chromium', '/bin/google-chrome'], { broken: ['/bin/chromium'] })],
  [
    'Chrome on a Mac',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    computer(['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'], { platform: 'darwin' }),
  ],
  [
    'Edge on Windows',
    'C:\\Programs\\Microsoft\\Edge\\Application\\msedge.exe',
    computer(['C:\\Programs\\Microsoft\\Edge\\Application\\msedge.exe'], {
      platform: 'win32',
      env: { PROGRAMFILES: 'C:\\Programs' },
    }),
  ],
])('finds %s', (_name, path, surroundings) => {
  expect(findBrowser(surroundings)).toBe(path);
});

test('a variable that names no program is an error, not a reason to look elsewhere', () => {
  const surroundings = computer([own], { env: { CHROME_PATH: '/gone' } });
  expect(() => findBrowser(surroundings)).toThrow('CHROME_PATH names /gone, which is not a program that can be run.');
});

/** Runs {@link obtainBrowser} where a command may bring a program; tells what was run and said. */
async function obtain(brings: Record<string, string>, programs: string[], isRoot: boolean) {
  const present = [...programs];
  const ran: string[] = [];
  const said: string[] = [];
  const limits: (number | undefined)[] = [];
  const machine = {
    isRoot,
    say: (line: string) => said.push(line),
    run: async (program: string, args: readonly string[], how: { atMost?: number }) => {
      const command = [program.split('/').at(-1), ...args.map((arg) => arg.split('/').at(-1))].join(' ');
      ran.push(command);
      limits.push(how.atMost);
      const brought = Object.entries(brings).find(([word]) => command.includes(word))?.[1];
      if (brought) present.push(brought);
      return { code: brought ? 0 : 1, output: '' };
    },
  };
  const path = await obtainBrowser(machine, '/project', computer([], { isProgram: (name) => present.includes(name) }));
  expect(limits.every((limit) => limit !== undefined && limit > 0)).toBe(true);
  return { path, ran, said };
}

test('installs nothing where there is one', async () => {
  expect(await obtain({}, ['/bin/chromium'], true)).toEqual({ path: '/bin/chromium', ran: [], said: [] });
});

test('installs Playwright’s own first', async () => {
  const { path, ran } = await obtain({ 'cli.js install': own }, ['/usr/bin/apt-get'], true);
  expect(path).toBe(own);
  expect(ran).toEqual([expect.stringMatching(/ cli\.js install chromium$/)]);
});

test('else the system’s, as root', async () => {
  const { path, ran } = await obtain({ 'install -y': '/usr/bin/chromium' }, ['/usr/bin/apt-get'], true);
  expect(path).toBe('/usr/bin/chromium');
  expect(ran.slice(1)).toEqual(['apt-get update', 'apt-get -o DPkg::Lock::Timeout=60 install -y chromium']);
});

test.each([
  ['who is not root', ['/usr/bin/apt-get'], false, 1],
  ['whose system has another package manager', [], true, 1],
  ['whose package manager has none either', ['/usr/bin/apt-get'], true, 3],
])('says what to type to one %s', async (_name, programs, isRoot, commands) => {
  const { path, ran, said } = await obtain({}, programs, isRoot);
  expect(path).toBeNull();
  expect(ran).toHaveLength(commands);
  expect(said.at(-1)).toContain('npx playwright install --with-deps chromium');
});
