import type * as Electron from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { FakeSession } from './electron-double-session.ts';
import { FakeWebContents, preventable } from './electron-double-window.ts';
import { guardBluetooth, guardDevices } from './guard-devices.ts';

let session: FakeSession;
let contents: FakeWebContents;

beforeEach(() => {
  session = new FakeSession();
  contents = new FakeWebContents();
  guardDevices(session as unknown as Electron.Session);
  guardBluetooth(contents as unknown as Electron.WebContents);
});

/** Has a device chosen; returns what was answered, and whether Electron's own choice was held back. */
function chosen(asked: FakeSession | FakeWebContents, name: string, ...details: unknown[]) {
  const event = preventable();
  const callback = vi.fn();
  asked.emit(name, event, ...details, callback);
  expect(callback).toHaveBeenCalledOnce();
  return { with: callback.mock.calls[0], isHeldBack: event.defaultPrevented };
}

test.each(['select-hid-device', 'select-usb-device'])('%s: none is chosen', (name) => {
  const answer = chosen(session, name, { deviceList: [{ deviceId: 'first' }], frame: null });
  expect(answer).toEqual({ with: [], isHeldBack: true });
});

test('no serial port is chosen', () => {
  const answer = chosen(session, 'select-serial-port', [{ portId: 'first' }], {});
  expect(answer).toEqual({ with: [''], isHeldBack: true });
});

test('no Bluetooth device is chosen, and none is paired', () => {
  const answer = chosen(contents, 'select-bluetooth-device', [{ deviceId: 'first' }]);
  expect(answer).toEqual({ with: [''], isHeldBack: true });
  const paired = vi.fn();
  session.bluetoothPairing?.({ deviceId: 'first', pairingKind: 'confirm' } as never, paired);
  expect(paired).toHaveBeenCalledExactlyOnceWith({ confirmed: false });
});

test('a folder that the system keeps from pages stays kept from them', () => {
  const details = { origin: 'app://offprint', isDirectory: true, path: '/home' };
  expect(chosen(session, 'file-system-access-restricted', details)).toEqual({ with: ['deny'], isHeldBack: true });
});

test.each(['hid', 'serial', 'usb'] as const)('a %s device is permitted to nobody, our own page included', (type) => {
  const details = { deviceType: type, origin: 'app://offprint', device: {} as never };
  expect(session.devicePermission?.(details)).toBe(false);
});

test('no screen, window or tab is shown to a page', () => {
  const streams = vi.fn();
  session.displayMedia?.({} as never, streams);
  expect(streams).toHaveBeenCalledExactlyOnceWith(null);
});
