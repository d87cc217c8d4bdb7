import { beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../shared/client.ts';
import type { CallName } from '../../shared/contract.ts';
import type { Host, UpdateState } from '../../shared/host-calls.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { plainHost } from './program.ts';
import { Session } from './session.ts';

const desktop: Host = { ...plainHost, kind: 'desktop', badge: true, pdf: true, logs: true };
const available = { kind: 'available', version: '2.0.0', installs: true, page: '' } as const;

let calls: [name: CallName, input: unknown][];
let answers: Partial<Record<CallName, () => unknown>>;
let tell: (updates: UpdateState) => void;
let session: Session;

beforeEach(() => {
  calls = [];
  answers = { 'host.describe': () => desktop, 'updates.state': () => available };
  const client: Client = {
    async call(name, input) {
      calls.push([name, input]);
      return (await (answers[name] ?? (() => ({})))()) as never;
    },
    on(event, listener) {
      if (event === 'updates.changed') tell = listener as typeof tell;
      return () => {};
    },
  };
  session = new Session(client);
  session.listen();
});

const updates = () => session.store.get().updates;
const toasts = () => session.store.get().toasts.map(({ message }) => message);
const names = () => calls.map(([name]) => name);
const gone = () => {
  throw new OffprintError('unreadable', 'It is gone.');
};

describe('the program around the page', () => {
  it('is asked what it can do, and can do nothing where it does not answer', async () => {
    await session.program.describe();
    expect(session.store.get()).toMatchObject({ host: desktop, updates: available });
    answers = { 'host.describe': gone, 'updates.state': gone };
    await session.program.describe();
    expect(session.store.get()).toMatchObject({ host: plainHost, updates: null });
    expect(toasts()).toEqual([]);
  });

  it('tells of newer versions unasked', () => {
    tell({ kind: 'ready', version: '2.0.0' });
    expect(updates()).toEqual({ kind: 'ready', version: '2.0.0' });
  });

  it('is given what it acts upon at once, and asked what comes of it', async () => {
    answers['updates.state'] = () => ({ kind: 'next-start' });
    await session.program.set({ updates: true });
    expect(calls).toEqual([
      ['settings.set', { updates: true }],
      ['updates.state', {}],
    ]);
    expect(updates()).toEqual({ kind: 'next-start' });
    calls = [];
    await session.program.set({ badge: true });
    expect(names()).toEqual(['settings.set']);
  });

  it('asks the feed when the reader wants to know, but where that is off or there is news already', async () => {
    answers['updates.check'] = () => available;
    for (const [state, asks] of [
      [{ kind: 'current', checkedAt: null }, true],
      [{ kind: 'failed', message: 'no' }, true],
      [{ kind: 'off' }, false],
      [{ kind: 'elsewhere', by: 'Debian' }, false],
      [{ kind: 'ready', version: '2.0.0' }, false],
    ] as const) {
      calls = [];
      session.store.set({ updates: state, dialog: null });
      await session.program.checkForUpdates();
      expect(session.store.get().dialog).toEqual({ kind: 'settings', at: 'updates' });
      expect(names()).toEqual(asks ? ['updates.check'] : []);
      expect(updates()).toEqual(asks ? available : state);
    }
  });

  it('says meanwhile what is under way, and what failed', async () => {
    session.store.set({ updates: available });
    const fetching = session.program.fetchUpdate();
    expect(updates()).toEqual({ kind: 'fetching', version: '2.0.0', done: 0 });
    answers['updates.fetch'] = gone;
    await fetching;
    await session.program.fetchUpdate();
    expect(updates()).toEqual({ kind: 'failed', message: 'It is gone.' });
    answers['updates.install'] = gone;
    await session.program.installUpdate();
    expect(toasts()).toEqual(['It is gone.']);
  });

  it('says no more of a version that was dismissed, and of the next one again', () => {
    session.store.set({ updates: { kind: 'off' } });
    session.program.dismissUpdate();
    expect(session.store.get().dismissedUpdate).toBeNull();
    session.store.set({ updates: available });
    session.program.dismissUpdate();
    expect(session.store.get().dismissedUpdate).toBe('2.0.0');
  });

  it('says so where there is no log', async () => {
    answers['logs.show'] = () => ({ shown: false });
    await session.program.showLogs();
    expect(toasts()).toEqual(['There is no log to be shown here.']);
    answers['logs.show'] = () => ({ shown: true });
    session.store.set({ toasts: [] });
    await session.program.showLogs();
    expect(toasts()).toEqual([]);
  });
});
