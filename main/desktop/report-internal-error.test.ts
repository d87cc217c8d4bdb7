import { expect, test, vi } from 'vitest';
import { reportInternalError } from './report-internal-error.ts';

test.each([
  new TypeError('a private note'),
  'a private note',
  null,
])('what failed is told, never its text: %s', (error) => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  reportInternalError(error);
  const text = write.mock.calls.map(([part]) => String(part)).join('');
  write.mockRestore();
  expect(text).not.toContain('private');
  expect(text).toContain(error instanceof Error ? 'TypeError' : typeof error);
  if (error instanceof Error) expect(text).toContain('report-internal-error.test.ts');
});
