import { isLoopback, warningFor } from '../serve/address.ts';
import type { Terminal } from './terminal.ts';

/**
 * Tells where a library is served, and who can reach it.
 * @param url the address that opens it
 * @param pid the process that serves it
 * @param words how it is said to a reader, before the address; null for one line of JSON
 */
export function sayServedAt(terminal: Terminal, url: string, pid: number, words: string | null): void {
  const address = new URL(url).hostname.replace(/^\[|\]$/g, '');
  const loopback = isLoopback(address);
  if (words === null) terminal.out(`${JSON.stringify({ url, pid, address, loopback })}\n`);
  else terminal.out(`${words} ${url}\n${loopback ? 'Only this computer can reach it.\n' : ''}`);
  if (!loopback) for (const line of warningFor(address)) terminal.err(`offprint: ${line}`);
}
