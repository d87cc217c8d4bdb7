import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What electron-builder tells of a program that it has put together and not signed yet; as much of it as is used. */
interface Packed {
  appOutDir: string;
  electronPlatformName: string;
}

const allowance = /[ \t]*<key>NSAllowsArbitraryLoads<\/key>\s*<true\/>\n?/;

/**
 * Takes back an allowance that electron-builder gives every program on macOS, whatever the configuration says: to fetch
 * from any host without encryption. The updater needs no more than this machine itself, which is allowed beside it.
 * @throws Error when it is not where it was expected, and so may be somewhere else
 */
export default function afterPack({ appOutDir, electronPlatformName }: Packed): void {
  if (electronPlatformName !== 'darwin') return;
  const path = join(appOutDir, 'Offprint.app', 'Contents', 'Info.plist');
  const without = readFileSync(path, 'utf8').replace(allowance, '');
  if (without.includes('NSAllowsArbitraryLoads') || !without.includes('NSAllowsLocalNetworking')) {
    throw new Error(`${path} allows other connections than it should; see resources/mac/after-pack.ts.`);
  }
  writeFileSync(path, without);
}
