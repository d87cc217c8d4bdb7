import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toBase64 } from './base64.ts';

it('writes any bytes as Node does', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    }),
  );
});

it('joins slices without padding between them', () => {
  const bytes = Uint8Array.from({ length: 100_001 }, (_, at) => at % 251);
  expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
});
