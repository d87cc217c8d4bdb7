import { OffprintError } from '../shared/outcome.ts';
import type { Imports } from './imports.ts';
import type { Store } from './store/store.ts';

/** What the source of the bundled capture is called. */
const bundledName = 'Daily Papers';

/**
 * Takes in the papers that come with Offprint, and remembers that they have been.
 * @param capture path of the file
 * @throws OffprintError when they cannot be taken in
 */
export async function takeInBundled(
  capture: string,
  imports: Pick<Imports, 'importFiles'>,
  store: Pick<Store, 'change'>,
): Promise<void> {
  const { failures } = await imports.importFiles([{ path: capture, name: bundledName }]);
  const [failure] = failures;
  if (failure) throw new OffprintError('unreadable', failure.reason);
  await store.change({ settings: { bundledAt: Date.now() } });
}
