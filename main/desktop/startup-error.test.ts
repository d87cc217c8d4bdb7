import { beforeEach, expect, test, vi } from 'vitest';
import { OffprintError } from '../../shared/outcome.ts';
import { log } from '../log/log.ts';
import { app, errorBoxes } from './electron-double.ts';
import { explainAndExit } from './startup-error.ts';

vi.mock('electron', () => import('./electron-double.ts'));

let written = '';

beforeEach(() => {
  written = '';
  app.exitCode = null;
  errorBoxes.length = 0;
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written += String(text);
    return true;
  });
});

test('what is written for the reader is shown, and the program ends with 1', () => {
  explainAndExit(new OffprintError('locked', 'Another Offprint (process 4711) holds /data.'));
  expect(errorBoxes).toEqual([
    { title: 'Offprint cannot open its library', content: 'Another Offprint (process 4711) holds /data.' },
  ]);
  expect(written).toContain('process 4711');
  expect(app.exitCode).toBe(1);
});

test('a mistake of ours is not silent either, and tells nothing private', () => {
  const logged = vi.spyOn(log, 'error');
  explainAndExit(new TypeError('x of a private note'));
  expect(JSON.stringify(logged.mock.calls)).toMatch(/"failed".*"where":"start".*"kind":"TypeError"/);
  expect(JSON.stringify(logged.mock.calls)).not.toContain('private');
  expect(errorBoxes[0]?.content).toContain('Something went wrong inside Offprint');
  expect(written).toContain('TypeError');
  expect(written + errorBoxes[0]?.content).not.toContain('private');
  expect(app.exitCode).toBe(1);
});
