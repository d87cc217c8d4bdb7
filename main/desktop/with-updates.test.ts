import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Handlers } from '../../shared/contract.ts';
import type { UpdateState } from '../../shared/host-calls.ts';
import { log } from '../log/log.ts';
import { type FeedAddress, readFeedAddress } from '../updates/feed-address.ts';
import type { Updates } from '../updates/updates.ts';
import { app, partitions } from './electron-double.ts';
import { desktopUpdates, endWithUpdates, withUpdates } from './with-updates.ts';

vi.mock('electron', () => import('./electron-double.ts'));

/** What was made of an engine, and what it answers. */
const engine = vi.hoisted(() => ({
  asked: [] as unknown[],
  installs: true,
  look: vi.fn(),
  fetch: vi.fn(),
  install: vi.fn(),
}));

vi.mock('./update-engine.ts', () => ({
  fetchIn: (session: unknown) => ({ session }),
  openUpdateEngine: async (options: unknown) => {
    engine.asked.push(options);
    return engine;
  },
}));

const feed = readFeedAddress('provider: generic\nurl: https://releases.example.org/\n');
let folder: string;
let told: UpdateState[];
const resourcesPath = process.resourcesPath;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-with-updates-'));
  log.openIn(folder);
  Object.assign(process, { resourcesPath: folder });
  app.isPackaged = true;
  app.becomeReady();
  told = [];
  engine.asked.length = 0;
  app.exitCode = null;
  for (const mock of [engine.look, engine.fetch, engine.install]) mock.mockReset();
});
afterEach(() => {
  Object.assign(process, { resourcesPath });
  rmSync(folder, { recursive: true, force: true });
});

function make(of: FeedAddress | null = feed, isAllowed = true): { updates: Updates; handlers: Handlers } {
  const updates = desktopUpdates(of, isAllowed, (state) => told.push(state));
  updates.isOn = true;
  return { updates, handlers: withUpdates({} as Handlers, updates) };
}

test('from the question to the installer', async () => {
  const { updates, handlers } = make();
  expect(partitions.has('electron-updater')).toBe(false);
  engine.look.mockResolvedValue({ version: '2.0.0' });
  const available = { kind: 'available', version: '2.0.0', installs: true, page: 'https://releases.example.org/' };
  expect(await handlers['updates.check']({})).toEqual(available);
  expect(await handlers['updates.state']({})).toEqual(available);
  expect(engine.asked).toEqual([
    {
      feed,
      configFile: join(folder, 'app-update.yml'),
      fetch: { session: partitions.get('electron-updater')?.session },
    },
  ]);

  engine.fetch.mockResolvedValue(undefined);
  expect((await handlers['updates.fetch']({})).kind).toBe('fetching');
  await vi.waitUntil(() => updates.state.kind === 'ready');
  const quit = vi.spyOn(app, 'quit').mockImplementation(() => {});
  expect(await handlers['updates.install']({})).toEqual({});
  // The page has its answer before it goes away.
  expect(quit).not.toHaveBeenCalled();
  await vi.waitUntil(() => quit.mock.calls.length > 0);
  quit.mockRestore();

  vi.useFakeTimers();
  endWithUpdates(updates, 0);
  expect(engine.install).toHaveBeenCalledExactlyOnceWith(true);
  expect(app.exitCode).toBeNull();
  vi.advanceTimersByTime(10_000);
  vi.useRealTimers();
  expect(app.exitCode).toBe(0);
  expect(told.map(({ kind }) => kind)).toEqual(['current', 'checking', 'available', 'fetching', 'ready']);
  const logged = readFileSync(join(folder, 'logs/offprint.log'), 'utf8').trimEnd().split('\n');
  expect(logged.map((line) => JSON.parse(line).state)).toEqual(told.map(({ kind }) => kind));
});

test('a program that ends in trouble installs nothing', async () => {
  const { updates, handlers } = make();
  engine.look.mockResolvedValue({ version: '2.0.0' });
  await handlers['updates.check']({});
  engine.fetch.mockResolvedValue(undefined);
  await handlers['updates.fetch']({});
  await vi.waitUntil(() => updates.state.kind === 'ready');
  endWithUpdates(updates, 1);
  expect([app.exitCode, engine.install.mock.calls.length]).toEqual([1, 0]);
});

test('with nothing to install, it ends at once', () => {
  endWithUpdates(make().updates, 0);
  expect(app.exitCode).toBe(0);
});

test.each<[string, () => { updates: Updates; handlers: Handlers }, UpdateState['kind']]>([
  [
    'started from the project',
    () => {
      app.isPackaged = false;
      return make();
    },
    'elsewhere',
  ],
  [
    'installed by the package manager',
    () => {
      writeFileSync(join(folder, 'package-type'), 'deb');
      return make();
    },
    'elsewhere',
  ],
  ['that knows no feed', () => make(null), 'elsewhere'],
  ['whose start may not reach it', () => make(feed, false), 'next-start'],
])('a program %s asks nobody, and loads nothing for it', async (_what, made, kind) => {
  partitions.clear();
  const { handlers } = made();
  expect((await handlers['updates.check']({})).kind).toBe(kind);
  expect((await handlers['updates.fetch']({})).kind).toBe(kind);
  expect([engine.asked.length, partitions.size]).toEqual([0, 0]);
});
