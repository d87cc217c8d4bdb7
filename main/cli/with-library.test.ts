import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundledCapturePath } from './with-library.ts';

test('the capture of a new library lies beside the archive of an installed program, and in the project otherwise', () => {
  expect(bundledCapturePath(join('/opt/Offprint/resources/app.asar', '/'))).toBe(
    join('/opt/Offprint/resources/daily-papers.txt'),
  );
  expect(bundledCapturePath('/project/')).toBe(join('/project/resources/daily-papers.txt'));
  expect(existsSync(bundledCapturePath())).toBe(true);
});
