import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refusedSwitch } from './launch-switches.ts';

const platforms = ['linux', 'darwin', 'win32'] as const;

/** What each of these does to a program of Electron's that takes it. */
const weakening = [
  // Opens a way in.
  'remote-debugging-port=9222',
  'remote-debugging-pipe=x',
  'remote-debugging-io-pipes=1,2',
  'remote-allow-origins=*',
  'inspect',
  'inspect=0.0.0.0:9229',
  'inspect-brk',
  'inspect-port=1',
  'debug',
  'enable-automation',
  // Starts another program, or brings code of somebody else's in.
  'gpu-launcher=calc.exe',
  'renderer-cmd-prefix=calc.exe',
  'utility-cmd-prefix=calc.exe',
  'zygote-cmd-prefix=calc.exe',
  'browser-subprocess-path=calc.exe',
  'ppapi-plugin-path=x.dll',
  'register-pepper-plugins=x.dll',
  'load-extension=/tmp/x',
  'disable-extensions-except=/tmp/x',
  'require=/tmp/x.js',
  'r',
  'app=/tmp/x',
  'js-flags=--allow-natives-syntax',
  // Takes a protection away.
  'no-sandbox',
  'disable-setuid-sandbox',
  'disable-gpu-sandbox',
  'disable-seccomp-filter-sandbox',
  'disable-namespace-sandbox',
  'no-zygote',
  'single-process',
  'in-process-gpu',
  'disable-web-security',
  'disable-site-isolation-trials',
  'allow-running-insecure-content',
  'allow-file-access-from-files',
  'ignore-certificate-errors',
  'enable-blink-features=X',
  'enable-experimental-web-platform-features',
  'enable-features=NetworkServiceInProcess2',
  'enable-features=UseOzonePlatform,NetworkServiceInProcess2',
  'disable-features=SitePerProcess',
  'disable-renderer-code-integrity',
  'secure-schemes=http',
  'bypasscsp-schemes=app',
  // Goes over the network, or over it in another way.
  'host-rules=MAP * example.org',
  'host-resolver-rules=',
  'proxy-server=example.org',
  'proxy-pac-url=http://example.org/',
  'auth-server-allowlist=*',
  // Writes or reads somewhere else.
  'user-data-dir=/tmp/x',
  'disk-cache-dir=/tmp/x',
  'crash-dumps-dir=/tmp/x',
  'enable-logging',
  'log-file=/tmp/x',
  'log-net-log=/tmp/x',
  'trace-startup-file=/tmp/x',
  'ssl-key-log-file=/tmp/x',
  'type=renderer',
  'single-argument',
  '__proto__',
  'constructor=x',
];

describe.each(platforms)('on %s', (platform) => {
  test.each(weakening)('--%s is not taken', (text) => {
    const name = text.split('=')[0] ?? '';
    expect(refusedSwitch(['offprint', `--${text}`], platform)).toBe(`--${name}`);
    expect(refusedSwitch(['offprint', `-${text}`], platform)).toBe(`--${name}`);
    expect(refusedSwitch(['offprint', 'x.bib', '--data-dir', 'd', `--${text}`], platform)).toBe(`--${name}`);
  });

  test.each([
    [[]],
    [['--data-dir', 'ada/Offprint']],
    [['--data-dir=/home/ada/a=b\nc']],
    [['offprint://paper/arxiv:2306.12345']],
    [['--updated', '--force-run']],
    [['--remote-debugging-pipe']],
    [['--ozone-platform=wayland', '--enable-features=UseOzonePlatform,WaylandWindowDecorations']],
    [['--force-device-scale-factor=1.5', '--lang=de-CH', '--disable-gpu']],
    [['C:\\Users\\Ada\\papers.bib']],
    [['-', '']],
    [['--', '--gpu-launcher=calc.exe']],
  ])('%j is taken', (args) => {
    expect(refusedSwitch(['offprint', ...args], platform)).toBeNull();
  });

  test('whatever stands where, a switch that is not named is found, and nothing else', () => {
    const other = fc.constantFrom('a.bib', 'offprint://search?q=x', '--data-dir', '--disable-gpu', '-', '--lang=de');
    const others = fc.array(other, { maxLength: 5 });
    const bad = fc.constantFrom(...weakening);
    fc.assert(
      fc.property(others, others, bad, (before, after, text) => {
        expect(refusedSwitch(['x', ...before, ...after], platform)).toBeNull();
        const name = text.split('=')[0];
        expect(refusedSwitch(['x', ...before, `--${text}`, ...after], platform)).toBe(`--${name}`);
      }),
    );
  });
});

test('on Windows a slash begins a switch, too, and case says nothing', () => {
  expect(refusedSwitch(['x', '/GPU-Launcher=calc.exe'], 'win32')).toBe('--gpu-launcher');
  expect(refusedSwitch(['x', ' --No-Sandbox'], 'win32')).toBe('--no-sandbox');
  expect(refusedSwitch(['x', '--Data-Dir=C:\\x'], 'win32')).toBeNull();
});

test('elsewhere a slash begins a path, and case counts', () => {
  expect(refusedSwitch(['x', '/home/ada/papers.bib'], 'linux')).toBeNull();
  expect(refusedSwitch(['x', '--DATA-DIR=/x'], 'linux')).toBe('--DATA-DIR');
});

test('what the Finder tells a program is taken on macOS alone', () => {
  expect(refusedSwitch(['x', '-psn_0_12345'], 'darwin')).toBeNull();
  expect(refusedSwitch(['x', '-psn_0_12345; x'], 'darwin')).not.toBeNull();
  expect(refusedSwitch(['x', '-psn_0_12345'], 'linux')).toBe('--psn_0_12345');
});
