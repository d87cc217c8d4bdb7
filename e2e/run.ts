// npm test: runs every check, goes on after one that fails, and ends with the totals.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { findElectron } from '../main/start/electron-runtime.ts';
import { thisMachine } from '../main/start/machine.ts';
import { obtainBrowser } from './browser.ts';
import { flakyInWords, hostsInWords, inWords, oneTest, readReport, sum, type Tally } from './tally.ts';

const usage = `Usage: npm test -- [--types] [--lint] [--unit] [--build] [--e2e]
Without an option all of them run. --e2e builds first.`;

const root = dirname(import.meta.dirname);
// A log is read as text: no colours, and a line per file instead of a field of dots.
const isLog = process.stdout.isTTY !== true;
if (isLog) process.env['NO_COLOR'] = '1';
const machine = thisMachine(root);
const reports = mkdtempSync(join(tmpdir(), 'offprint-reports-'));
process.once('SIGINT', () => machine.stop(process.platform === 'win32' ? null : 'SIGTERM'));
process.once('SIGTERM', () => machine.stop('SIGTERM'));

/** Runs one of the project's tools, its output shown only if it fails unless `show` is given. */
async function tool(path: string, args: string[], how: { show: boolean } = { show: false }): Promise<boolean> {
  const { code, output } = await machine.run(process.execPath, [join(root, 'node_modules', path), ...args], how);
  if (code !== 0 && output !== '') process.stdout.write(`${output.trimEnd()}\n`);
  return code === 0;
}

let isBuilt: Promise<boolean> | null = null;
function build(): Promise<boolean> {
  isBuilt ??= tool('vite/bin/vite.js', ['build']);
  return isBuilt;
}

async function unit(): Promise<Tally> {
  const report = join(reports, 'unit.json');
  const args = [
    'run',
    '--allowOnly=false',
    `--reporter=${isLog ? 'default' : 'dot'}`,
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  return readReport('vitest', report, await tool('vitest/vitest.mjs', args, { show: true }));
}

async function endToEnd(): Promise<Tally> {
  if (!(await build())) return oneTest(false);
  const browser = await obtainBrowser(machine, root);
  if (browser === null) return oneTest(false);
  const electron = findElectron(root);
  const hosts = {
    browser: 'browser (serve, in Chromium)',
    desktop: 'desktop (the shell as built, with a stand-in for Electron)',
    electron: `electron (${electron === null ? 'skipped, its runtime is not installed' : 'the real runtime'})`,
  };
  console.log(`Hosts: ${Object.values(hosts).join('; ')}\nChromium: ${browser}`);
  const report = join(reports, 'e2e.json');
  process.env['PLAYWRIGHT_CHROMIUM'] = browser;
  process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] = report;
  const args = ['test', '--forbid-only', `--reporter=${isLog ? 'list' : 'dot'},json`];
  // Where nobody watches the run, CI or not: see playwright.config.ts.
  if (isLog) args.push('--retries=1');
  const passed = await tool('@playwright/test/cli.js', args, { show: true });
  for (const line of hostsInWords(report, hosts)) console.log(line);
  return readReport('playwright', report, passed);
}

/** The steps in their order. */
const steps: Record<string, () => Promise<Tally>> = {
  types: async () => oneTest(await tool('typescript/bin/tsc', [])),
  lint: async () => oneTest(await tool('@biomejs/biome/bin/biome', ['check', '.'])),
  // Before the unit tests: some of them look at what was built.
  build: async () => oneTest(await build()),
  unit,
  e2e: endToEnd,
};

async function main(): Promise<number> {
  let chosen: string[];
  try {
    const options = Object.fromEntries(Object.keys(steps).map((name) => [name, { type: 'boolean' as const }]));
    const { values } = parseArgs({ options });
    chosen = Object.keys(steps).filter((name) => values[name] === true);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${usage}`);
    return 2;
  }
  const tallies: Tally[] = [];
  for (const [name, step] of Object.entries(steps)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    if (machine.isStopping) break;
    console.log(`── ${name}`);
    const begun = performance.now();
    // A step that cannot even run must not keep the others from running.
    const tally = await step().catch((error: unknown) => {
      console.log(error instanceof Error ? error.message : String(error));
      return oneTest(false);
    });
    tallies.push(tally);
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    console.log(`${name}: ${tally.failed === 0 ? 'ok' : 'FAILED'} (${inWords(tally)}) in ${seconds} s`);
  }
  if (machine.isStopping) return 130;
  const total = sum(tallies);
  const flaky = flakyInWords(total);
  if (flaky !== null) console.log(flaky);
  console.log(inWords(total));
  return total.failed === 0 ? 0 : 1;
}

process.exitCode = await main();
rmSync(reports, { recursive: true, force: true });
