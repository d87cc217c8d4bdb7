import { beforeEach, expect, test, vi } from 'vitest';
import type { Bridge } from '../../shared/bridge.ts';
import { callNames, eventNames } from '../../shared/contract.ts';
import { argumentsOfNames } from './bridge-names.ts';
import { callChannel, eventChannel } from './channels.ts';
import { ipcRenderer, mainWorld } from './electron-double.ts';

vi.mock('electron', () => import('./electron-double.ts'));

const given = process.argv;
process.argv = [...given, ...argumentsOfNames({ calls: callNames, events: eventNames })];
await import('./preload.ts');
process.argv = given;

const bridge = mainWorld.get('offprint') as Bridge;
const loosely = bridge as unknown as {
  call(name: unknown, input: unknown): Promise<unknown>;
  on(...args: unknown[]): () => void;
};

beforeEach(() => {
  ipcRenderer.invoked.length = 0;
  ipcRenderer.removeAllListeners();
});

test('the page gets two functions and nothing else', () => {
  expect([...mainWorld.keys()]).toEqual(['offprint']);
  expect(Object.keys(bridge).toSorted()).toEqual(['call', 'on']);
  expect(Object.isFrozen(bridge)).toBe(true);
});

test.each(callNames)('%s goes to the library and its answer comes back', async (name) => {
  ipcRenderer.answer = () => ({ ok: true, value: 1 });
  expect(await bridge.call(name, { a: 1 })).toEqual({ ok: true, value: 1 });
  expect(ipcRenderer.invoked).toEqual([[callChannel, name, { a: 1 }]]);
});

test.each([
  'list.everything',
  'constructor',
  '__proto__',
  '',
  null,
  ['list.open'],
])('what is no call of the contract goes nowhere: %j', async (name) => {
  expect(await loosely.call(name, {})).toMatchObject({ ok: false, error: { code: 'bad-input' } });
  expect(ipcRenderer.invoked).toEqual([]);
});

test('an event reaches its own listeners, without Electron’s event object, until they leave', () => {
  const heard: unknown[][] = [];
  const leave = bridge.on('command', (...args: unknown[]) => heard.push(args));
  ipcRenderer.emit(eventChannel, { sender: 'secret' }, 'flush', {});
  ipcRenderer.emit(eventChannel, { sender: 'secret' }, 'command', { id: 'help' });
  leave();
  ipcRenderer.emit(eventChannel, { sender: 'secret' }, 'command', { id: 'help' });
  expect(heard).toEqual([[{ id: 'help' }]]);
  expect(ipcRenderer.listenerCount(eventChannel)).toBe(0);
});

test('what is no event of the contract cannot be listened to', () => {
  expect(() => loosely.on('internal-event', () => {})).toThrow('no such event');
  expect(ipcRenderer.eventNames()).toEqual([]);
});
