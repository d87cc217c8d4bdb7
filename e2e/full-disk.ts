// Preloaded into a program under test: while there is a file at OFFPRINT_FULL_WHILE, what it writes fails as on a
// full disk. The store writes through handles of `node:fs/promises`; SQLite does not, and goes on.
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';

const full = process.env['OFFPRINT_FULL_WHILE'] ?? '';

const handle = await open(process.execPath, 'r');
const prototype = Object.getPrototypeOf(handle) as Record<string, (...args: unknown[]) => Promise<unknown>>;
await handle.close();
for (const name of ['write', 'writev', 'writeFile', 'appendFile']) {
  const write = prototype[name];
  if (!write) continue;
  prototype[name] = async function (...args) {
    if (existsSync(full)) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    return write.apply(this, args);
  };
}
