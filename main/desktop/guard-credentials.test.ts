import { beforeEach, expect, test, vi } from 'vitest';
import { app } from './electron-double.ts';
import { preventable } from './electron-double-window.ts';
import { guardCredentials } from './guard-credentials.ts';

vi.mock('electron', () => import('./electron-double.ts'));

beforeEach(() => {
  app.removeAllListeners();
  guardCredentials();
});

/** Announces one of the program's events; returns what was answered, and whether Electron's own answer was held back. */
function answered(name: string, ...details: unknown[]) {
  const event = preventable();
  const callback = vi.fn();
  app.emit(name, event, ...details, callback);
  expect(callback).toHaveBeenCalledOnce();
  return { with: callback.mock.calls[0], isHeldBack: event.defaultPrevented };
}

const somewhere = 'https://example.org/';

test('a server that asks for a name and a password gets none', () => {
  expect(answered('login', {}, { url: somewhere }, { isProxy: false })).toEqual({ with: [], isHeldBack: true });
  expect(answered('login', null, { url: somewhere }, { isProxy: true })).toEqual({ with: [], isHeldBack: true });
});

test('no certificate of the reader is shown to a server, the first one least of all', () => {
  const certificates = [{ subjectName: 'The reader' }];
  const answer = answered('select-client-certificate', {}, somewhere, certificates);
  expect(answer).toEqual({ with: [], isHeldBack: true });
});

test('a certificate that the system does not trust is not trusted', () => {
  const certificate = { subjectName: 'example.org' };
  const answer = answered('certificate-error', {}, somewhere, 'net::ERR_CERT_AUTHORITY_INVALID', certificate);
  expect(answer).toEqual({ with: [false], isHeldBack: true });
});
