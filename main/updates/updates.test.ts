import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { UpdateState } from '../../shared/host-calls.ts';
import { updateStateSchema } from '../../shared/host-calls.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { NoRelease } from './feed-answer.ts';
import { betweenLooks, firstLook, type UpdateEngine, Updates, type UpdatesOptions } from './updates.ts';

const page = 'https://releases.example.org/';
const hour = 3_600_000;

/** What the engine was asked to do, and what it answers. */
class FakeEngine implements UpdateEngine {
  installs = true;
  looks = 0;
  found: { version: string } | null = null;
  trouble: unknown = null;
  installed: boolean[] = [];
  fetching = Promise.withResolvers<void>();
  progress: (done: number) => void = () => {};
  signal: AbortSignal | null = null;

  async look(): Promise<{ version: string } | null> {
    this.looks += 1;
    if (this.trouble !== null) throw this.trouble;
    return this.found;
  }

  fetch(progress: (done: number) => void, signal: AbortSignal): Promise<void> {
    this.progress = progress;
    this.signal = signal;
    return this.fetching.promise;
  }

  install(restart: boolean): void {
    this.installed.push(restart);
  }
}

let engine: FakeEngine;
let told: UpdateState[];
const opened = vi.fn();
const failed = vi.fn();
const quit = vi.fn();

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 23) });
  engine = new FakeEngine();
  told = [];
  for (const mock of [opened, failed, quit]) mock.mockReset();
});
afterEach(() => vi.useRealTimers());

function updates(options: Partial<UpdatesOptions> = {}, isOn = true): Updates {
  const made = new Updates({
    ...{ elsewhere: null, isAllowed: true, page, failed, quit },
    engine: async () => {
      opened();
      return engine;
    },
    changed: (state) => told.push(updateStateSchema.parse(state)),
    ...options,
  });
  made.isOn = isOn;
  return made;
}

const available = (installs = true): UpdateState => ({ kind: 'available', version: '2.0.0', installs, page });

/** Finds a version, and fetches it until it is ready. */
async function untilReady(made: Updates): Promise<void> {
  engine.found = { version: '2.0.0' };
  await made.look();
  made.fetch();
  engine.fetching.resolve();
  await vi.waitUntil(() => made.state.kind === 'ready');
}

test.each<[string, Partial<UpdatesOptions>, boolean, UpdateState]>([
  ['somebody else’s business', { elsewhere: 'Debian' }, true, { kind: 'elsewhere', by: 'Debian' }],
  ['turned off', {}, false, { kind: 'off' }],
  ['turned on just now', { isAllowed: false }, true, { kind: 'next-start' }],
])('where it is %s, nothing is ever asked, fetched or installed', async (_what, options, isOn, state) => {
  const made = updates(options, isOn);
  engine.found = { version: '2.0.0' };
  expect(await made.look()).toEqual(state);
  expect(made.fetch()).toEqual(state);
  made.install();
  await vi.advanceTimersByTimeAsync(30 * 24 * hour);
  expect(made.end()).toBe(false);
  expect(made.state).toEqual(state);
  expect([opened, quit].map((mock) => mock.mock.calls.length)).toEqual([0, 0]);
  expect(engine.installed).toEqual([]);
});

test('the feed is asked some time after the start, once a day, and not before the reader has been reading', async () => {
  updates();
  await vi.advanceTimersByTimeAsync(firstLook - 1);
  expect([opened.mock.calls.length, engine.looks]).toEqual([0, 0]);
  await vi.advanceTimersByTimeAsync(1);
  expect(engine.looks).toBe(1);
  await vi.advanceTimersByTimeAsync(betweenLooks - hour);
  expect(engine.looks).toBe(1);
  await vi.advanceTimersByTimeAsync(2 * hour);
  expect(engine.looks).toBe(2);
  await vi.advanceTimersByTimeAsync(10 * 24 * hour);
  expect(engine.looks).toBeLessThanOrEqual(12);
  expect(engine.looks).toBeGreaterThan(10);
  expect(opened).toHaveBeenCalledOnce();
});

test('no timer keeps the program from ending', () => {
  vi.useRealTimers();
  const timers = vi.spyOn(globalThis, 'setTimeout');
  const intervals = vi.spyOn(globalThis, 'setInterval');
  const made = updates();
  const all = [...timers.mock.results, ...intervals.mock.results].map(({ value }) => value as NodeJS.Timeout);
  expect(all).toHaveLength(2);
  expect(all.map((timer) => timer.hasRef())).toEqual([false, false]);
  made.isOn = false;
  vi.restoreAllMocks();
});

test('what the reader asks is answered, with the moment of it', async () => {
  const made = updates();
  expect(made.state).toEqual({ kind: 'current', checkedAt: null });
  expect(await made.look()).toEqual({ kind: 'current', checkedAt: Date.now() });
  engine.found = { version: '2.0.0' };
  expect(await made.look()).toEqual(available());
  expect(told.map(({ kind }) => kind)).toEqual(['current', 'checking', 'current', 'checking', 'available']);
});

test('where it cannot be installed from here, it is told where to get it, and nothing is fetched', async () => {
  engine.installs = false;
  engine.found = { version: '2.0.0' };
  const made = updates();
  expect(await made.look()).toEqual(available(false));
  expect(made.fetch()).toEqual(available(false));
  expect(engine.signal).toBeNull();
});

test('what is found by itself is not fetched, and takes no notice of what goes wrong', async () => {
  const made = updates();
  engine.trouble = new Error('no network');
  await vi.advanceTimersByTimeAsync(firstLook);
  expect(made.state).toEqual({ kind: 'current', checkedAt: null });
  expect(failed).toHaveBeenCalledOnce();
  engine.trouble = null;
  engine.found = { version: '2.0.0' };
  await vi.advanceTimersByTimeAsync(hour);
  expect(made.state).toEqual(available());
  await vi.advanceTimersByTimeAsync(2 * betweenLooks);
  expect(engine.signal).toBeNull();
  expect(told.map(({ kind }) => kind)).not.toContain('checking');
});

test.each([
  [new Error('net::ERR_NAME_NOT_RESOLVED zanzibarquux'), /could not be reached/],
  [new NoRelease('zanzibarquux'), /is no release of Offprint/],
  [new OffprintError('unreadable', 'Nothing was fetched.'), /^Nothing was fetched\.$/],
])('what goes wrong when the reader asks is told, in words for a reader: %s', async (trouble, words) => {
  engine.trouble = trouble;
  const state = await updates().look();
  expect(state).toEqual({ kind: 'failed', message: expect.stringMatching(words) });
  expect(JSON.stringify(state)).not.toContain('zanzibarquux');
  expect(failed).toHaveBeenCalledExactlyOnceWith(trouble);
});

test('an engine that could not be loaded is loaded again', async () => {
  const made = updates({ engine: opened.mockRejectedValueOnce(new Error('x')).mockResolvedValue(engine) });
  expect((await made.look()).kind).toBe('failed');
  expect((await made.look()).kind).toBe('current');
});

test('what the reader wants is fetched, and installed when they quit', async () => {
  const made = updates();
  engine.found = { version: '2.0.0' };
  await made.look();
  expect(made.fetch()).toEqual({ kind: 'fetching', version: '2.0.0', done: 0 });
  await vi.waitUntil(() => engine.signal);
  engine.progress(0.4);
  engine.progress(7);
  expect(told.slice(-2)).toMatchObject([{ done: 0.4 }, { done: 1 }]);
  // Neither asked again nor fetched twice meanwhile.
  expect((await made.look()).kind).toBe('fetching');
  expect(made.fetch().kind).toBe('fetching');
  engine.fetching.resolve();
  await vi.waitUntil(() => made.state.kind === 'ready');
  await vi.advanceTimersByTimeAsync(3 * betweenLooks);
  expect(engine.looks).toBe(1);
  expect([quit.mock.calls.length, engine.installed]).toEqual([0, []]);
  expect(made.end()).toBe(true);
  expect(engine.installed).toEqual([false]);
});

test('the reader may have it at once: Offprint quits, and starts again', async () => {
  const made = updates();
  made.install();
  expect(quit).not.toHaveBeenCalled();
  await untilReady(made);
  made.install();
  expect(quit).toHaveBeenCalledOnce();
  expect(engine.installed).toEqual([]);
  made.end();
  expect(engine.installed).toEqual([true]);
});

test('who decides to stay after all does not find Offprint started again later', async () => {
  const made = updates();
  await untilReady(made);
  made.install();
  made.stay();
  made.end();
  expect(engine.installed).toEqual([false]);
});

test('turning it off stops what is under way, and installs nothing any more', async () => {
  const made = updates();
  engine.found = { version: '2.0.0' };
  await made.look();
  made.fetch();
  await vi.waitUntil(() => engine.signal);
  made.isOn = false;
  expect(engine.signal?.aborted).toBe(true);
  engine.progress(0.9);
  engine.fetching.resolve();
  await vi.advanceTimersByTimeAsync(1);
  expect(made.state).toEqual({ kind: 'off' });
  expect(told.at(-1)).toEqual({ kind: 'off' });
  expect(made.end()).toBe(false);

  made.isOn = true;
  await untilReady(made);
  made.isOn = false;
  made.install();
  expect([made.end(), quit.mock.calls.length, engine.installed]).toEqual([false, 0, []]);
  made.isOn = true;
  expect(made.state.kind).toBe('current');
  expect(made.end()).toBe(false);
});

test('it is turned off while the feed is being asked', async () => {
  const made = updates();
  engine.found = { version: '2.0.0' };
  const asked = made.look();
  made.isOn = false;
  expect(await asked).toEqual({ kind: 'off' });
  made.isOn = true;
  expect(made.state).toMatchObject({ kind: 'current' });
});

test('what could not be fetched is told, and can be tried again', async () => {
  const made = updates();
  engine.found = { version: '2.0.0' };
  await made.look();
  made.fetch();
  engine.fetching.reject(new OffprintError('unreadable', 'The disk is full.'));
  await vi.waitUntil(() => made.state.kind === 'failed');
  expect(made.state).toEqual({ kind: 'failed', message: 'The disk is full.' });
  expect(made.end()).toBe(false);
  expect(await made.look()).toEqual(available());
});

test('an installer that cannot be run does not keep Offprint from ending', async () => {
  const made = updates();
  await untilReady(made);
  engine.install = () => {
    throw new Error('no such file');
  };
  expect(made.end()).toBe(false);
  expect(failed).toHaveBeenCalledOnce();
});
