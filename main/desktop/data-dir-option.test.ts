import { expect, test } from 'vitest';
import { dataDirOption } from './data-dir-option.ts';

test.each<[string | undefined, string[]]>([
  [undefined, ['electron', '.']],
  ['/tmp/a', ['electron', '.', '--data-dir', '/tmp/a']],
  ['/tmp/a b é', ['offprint', '--data-dir=/tmp/a b é']],
  ['/tmp/a', ['electron', '--inspect=0', '--no-sandbox', '.', '--data-dir', '/tmp/a', '--remote-debugging-port=0']],
  [undefined, ['offprint', '--data-dir']],
  [undefined, ['offprint', '--data-dir=']],
  [undefined, ['--data-dir=/tmp/not-an-argument-but-the-program']],
])('%s from %j', (folder, argv) => {
  expect(dataDirOption(argv)).toBe(folder);
});
