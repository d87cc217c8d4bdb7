import { describe, expect, test } from 'vitest';
import { isSignedBundle, type RunTool, whyUnsigned } from './code-signature.ts';

const file = "C:\\Users\\o'brien\\AppData\\Local\\cache\\pending\\offprint-2.0.0-win-x64.exe";
const subject = 'CN="Some One, Ltd.", O="Some One, Ltd.", L=Berlin, C=DE';

/** PowerShell that says this. */
const saying =
  (said: object | string): RunTool =>
  async () =>
    typeof said === 'string' ? said : JSON.stringify({ status: 0, path: file, subject, ...said });

describe('on Windows, an installer', () => {
  test.each([
    ['by its common name', 'Some One, Ltd.'],
    ['by its whole name', subject],
    ['by parts of it', 'CN="Some One, Ltd.", C=DE'],
  ])('that is signed by us, %s, may be run', async (_how, publisher) => {
    expect(await whyUnsigned(['Other', publisher], file, saying({}))).toBeNull();
  });

  test.each<[string, string[], RunTool]>([
    ['signed by somebody else', ['Other'], saying({})],
    ['signed by a name that only begins like ours', ['Some One'], saying({})],
    ['signed by ours in another country', ['CN="Some One, Ltd.", C=FR'], saying({})],
    ['signed by whoever is in our country', ['C=DE'], saying({})],
    ['of a build that names nobody', [], saying({})],
    ['of a build that names nothing', [''], saying({ subject: '' })],
    ['not signed', ['Some One, Ltd.'], saying({ status: 2, subject: '' })],
    ['changed since', ['Some One, Ltd.'], saying({ status: 3 })],
    ['signed by an unknown authority', ['Some One, Ltd.'], saying({ status: 1 })],
    ['in the place of which another one was looked at', ['Some One, Ltd.'], saying({ path: 'C:\\other.exe' })],
    ['of which nothing was said', ['Some One, Ltd.'], saying('')],
    ['of which something else was said', ['Some One, Ltd.'], saying('null')],
    ['of which it was said in other words', ['Some One, Ltd.'], saying('{"status":"0"}')],
    ['that could not be looked at', ['Some One, Ltd.'], () => Promise.reject(new Error('no PowerShell'))],
  ])('%s may not', async (_what, publishers, run) => {
    expect(await whyUnsigned(publishers, file, run)).toEqual(expect.any(String));
  });

  test('is named beside the script, and PowerShell is the system’s own', async () => {
    const asked: { tool: string; args: readonly string[]; env: NodeJS.ProcessEnv }[] = [];
    process.env['PSModulePath'] = 'C:\\evil';
    process.env['SystemRoot'] = 'D:\\Windows';
    await whyUnsigned(['Us'], file, async (tool, args, env) => {
      asked.push({ tool, args, env });
      return '';
    });
    delete process.env['PSModulePath'];
    delete process.env['SystemRoot'];
    const [{ tool = '', args = [], env = {} } = {}] = asked;
    expect(tool.replaceAll('/', '\\')).toBe('D:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe');
    expect(args.join(' ')).not.toContain('brien');
    expect(args.slice(0, 2)).toEqual(['-NoProfile', '-NonInteractive']);
    expect(env['OFFPRINT_UPDATE']).toBe(file);
    expect(env).not.toHaveProperty('PSModulePath');
  });
});

describe('on macOS, the running program', () => {
  const executable = '/Applications/Offprint.app/Contents/MacOS/Offprint';

  test('is asked after as a whole, by the rule that Apple knows who signed it', async () => {
    const asked: unknown[] = [];
    const run: RunTool = async (...given) => {
      asked.push(given.slice(0, 2));
      return '';
    };
    expect(await isSignedBundle(executable, run)).toBe(true);
    expect(asked).toEqual([
      ['/usr/bin/codesign', ['--verify', '--strict', '-R=anchor apple generic', '/Applications/Offprint.app']],
    ]);
  });

  test('is not signed when the system says so, or when it is no bundle', async () => {
    expect(await isSignedBundle(executable, () => Promise.reject(new Error('exit 3')))).toBe(false);
    expect(await isSignedBundle('/usr/local/bin/offprint', async () => '')).toBe(false);
  });
});

test.skipIf(process.platform === 'win32')(
  'a tool that fails, complains or is not there lets nothing through',
  async () => {
    // No such path here.
    expect(await whyUnsigned(['Us'], '/tmp/x')).toBe('the signature could not be checked');
  },
);
