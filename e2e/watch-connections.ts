// Preloaded into a program under test, its threads and the programs that it starts: whatever they would connect to, send
// to, look up or start is written to the file at OFFPRINT_CONNECTIONS, a line each.
import children from 'node:child_process';
import datagrams from 'node:dgram';
import names from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const file = process.env['OFFPRINT_CONNECTIONS'];

type Work = (...args: unknown[]) => unknown;

/** Has every call of these told before it is made. */
function watch(what: string, owner: object, members: readonly string[]): void {
  for (const member of members) {
    const work = Reflect.get(owner, member) as Work | undefined;
    if (typeof work !== 'function') continue;
    Reflect.set(owner, member, function (this: unknown, ...args: unknown[]) {
      // An address is not looked up anywhere, though it is asked for in the same way.
      const isAddress = what === 'dns' && net.isIP(String(args[0])) !== 0;
      if (file !== undefined && !isAddress) appendFileSync(file, `${what} ${member} ${targetOf(args)}\n`);
      return work.apply(this, args);
    });
  }
}

function targetOf(args: readonly unknown[]): string {
  try {
    return JSON.stringify(args, (_key, value: unknown) => (typeof value === 'function' ? undefined : value)).slice(
      0,
      300,
    );
  } catch {
    return 'something';
  }
}

watch('net', net.Socket.prototype, ['connect']);
watch('dgram', datagrams.Socket.prototype, ['connect', 'send', 'bind']);
watch('dns', names, ['lookup', 'lookupService', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'reverse']);
watch('dns', names.promises, ['lookup', 'lookupService', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'reverse']);
watch('start', children, ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']);
syncBuiltinESMExports();
