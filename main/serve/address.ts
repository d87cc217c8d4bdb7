import { isIP, isIPv4 } from 'node:net';
import { OffprintError } from '../../shared/outcome.ts';

/** The address that only this computer can reach, which is served unless another one is asked for. */
export const defaultAddress = '127.0.0.1';

/**
 * Reads the address that a reader wants to serve at: one of this computer, in numbers. Names are not
 * taken, since others may make them lead elsewhere, nor what stands for all addresses at once, since
 * a request could then not be told from one that was led here by a name (see {@link hostsOf}).
 * @returns it in the one way in which browsers write it
 * @throws OffprintError `bad-input`
 */
export function readAddress(text: string): string {
  const wrong = (reason: string) => new OffprintError('bad-input', reason);
  if (isIP(text) === 0) throw wrong('It must be an address in numbers, such as 192.168.1.20.');
  if (text.includes('%')) throw wrong('Browsers cannot open an address with a zone (%). Choose another one.');
  if (isIPv4(text)) return one(text);
  // Browsers write each address in one way only.
  const address = new URL(`http://[${text}]`).hostname.slice(1, -1);
  if (address.startsWith('::ffff:')) throw wrong('Write it as an address of IPv4, such as 192.168.1.20.');
  return one(address);

  function one(address: string): string {
    if (address !== '0.0.0.0' && address !== '::') return address;
    throw wrong(`${text} is every address at once. Name the one by which others will reach this computer.`);
  }
}

/** Whether only this computer can reach an address. @param address as {@link readAddress} gives it */
export function isLoopback(address: string): boolean {
  return address === '::1' || (isIPv4(address) && address.startsWith('127.'));
}

/** An address and a port as they stand in the address of a page. */
export function hostOf(address: string, port: number): string {
  const name = address.includes(':') ? `[${address}]` : address;
  // The port of http is left out by browsers.
  return port === 80 ? name : `${name}:${port}`;
}

/**
 * What a request may name as its host. Any other name is one that somebody has made to lead here, so
 * that a page of theirs could read ours.
 */
export function hostsOf(address: string, port: number): string[] {
  const names = address === defaultAddress ? [address, 'localhost'] : [address];
  return names.map((name) => hostOf(name, port));
}

/** What serving at an address means that others can reach, in lines for the reader. */
export function warningFor(address: string): string[] {
  return [
    `Every computer that can reach ${address} can try to open this library, not this one alone.`,
    'What is sent is not encrypted: whoever can listen in on the network can read and change it, and take the key in the address.',
    'That key is all that protects your library. Give it to nobody, and stop Offprint when you are done.',
  ];
}

/** Whether the address of a page is at an address of this computer, whatever its port. */
export function isSameAddress(url: string, address: string): boolean {
  return new URL(url).hostname === new URL(`http://${hostOf(address, 0)}`).hostname;
}
