import { join } from 'node:path';
import { defineConfig, devices } from '@playwright/test';
import { browserArguments, findBrowser } from './e2e/browser.ts';

const executablePath = findBrowser();
const program = executablePath === null ? {} : { executablePath };

// Every test starts the program anew, which would turn the same TypeScript into JavaScript each time.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/node-compile');

/**
 * One suite, three hosts: `serve` in Chromium; the desktop program with a stand-in for Electron, its windows in
 * Chromium; and Electron where its runtime is installed.
 */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  // What passes only when run again is told by name (see e2e/tally.ts), and fails nobody's change.
  retries: process.env['CI'] ? 1 : 0,
  // Each wait has a limit of its own, below; a test that starts the program twice makes many of them.
  timeout: 120_000,
  globalTimeout: 70 * 60_000,
  expect: { timeout: 15_000, toPass: { timeout: 15_000 } },
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { args: [...browserArguments], ...program },
  },
  projects: [
    { name: 'browser', testIgnore: '**/shell/**' },
    // The shell's own code as built, with a double in the place of Electron: see e2e/desktop-host/host.ts.
    {
      name: 'desktop',
      testIgnore: '**/program/**',
      // As the shell tells Electron's: whatever it lets out goes nowhere.
      use: { launchOptions: { args: [...browserArguments, '--host-resolver-rules=MAP * ~NOTFOUND'], ...program } },
    },
    // What is run from a terminal is the same in both hosts.
    { name: 'electron', testIgnore: '**/program/**' },
  ],
});
