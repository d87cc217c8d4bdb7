import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hostOf, hostsOf, isLoopback, readAddress, warningFor } from './address.ts';

test.each([
  ['127.0.0.1', '127.0.0.1', true],
  ['127.0.0.2', '127.0.0.2', true],
  ['::1', '::1', true],
  ['0:0:0:0:0:0:0:1', '::1', true],
  ['192.168.1.20', '192.168.1.20', false],
  ['10.127.0.1', '10.127.0.1', false],
  ['FD00::A', 'fd00::a', false],
  ['fd00:0:0::127', 'fd00::127', false],
])('%s', (text, address, loopback) => {
  expect(readAddress(text)).toBe(address);
  expect(isLoopback(address)).toBe(loopback);
});

test.each([
  ['0.0.0.0', /every address at once/],
  ['::', /every address at once/],
  ['0:0:0::0', /every address at once/],
  ['::0.0.0.0', /every address at once/],
  ['localhost', /in numbers/],
  ['evil.example', /in numbers/],
  ['', /in numbers/],
  ['127.1', /in numbers/],
  ['0', /in numbers/],
  ['0x7f.0.0.1', /in numbers/],
  ['127.0.0.1:80', /in numbers/],
  ['[::1]', /in numbers/],
  ['127.0.0.1/', /in numbers/],
  ['fe80::1%eth0', /zone/],
  ['::ffff:127.0.0.1', /IPv4/],
  ['::ffff:0.0.0.0', /IPv4/],
])('%s is refused', (text, reason) => {
  expect(() => readAddress(text)).toThrow(reason);
});

test('every address that is taken is one that browsers write as it stands', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), fc.integer({ min: 1, max: 65_535 }), (text, port) => {
      let address: string;
      try {
        address = readAddress(text);
      } catch {
        return;
      }
      expect(new URL(`http://${hostOf(address, port)}/`).host).toBe(hostOf(address, port));
      expect(readAddress(address)).toBe(address);
      expect(hostsOf(address, port)).toContain(hostOf(address, port));
    }),
  );
});

test('only the usual address has a name, and no request may name another', () => {
  expect(hostsOf('127.0.0.1', 4000)).toEqual(['127.0.0.1:4000', 'localhost:4000']);
  expect(hostsOf('127.0.0.2', 4000)).toEqual(['127.0.0.2:4000']);
  expect(hostsOf('::1', 80)).toEqual(['[::1]']);
});

test('what it means to be reached by others is said: by whom, in the clear, and what is left', () => {
  const said = warningFor('192.168.1.20').join(' ');
  expect(said).toMatch(/Every computer that can reach 192\.168\.1\.20 .* not encrypted.* key is all that protects/);
});
