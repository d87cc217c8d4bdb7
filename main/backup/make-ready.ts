import { OffprintError } from '../../shared/outcome.ts';
import type { Settings } from '../../shared/settings.ts';
import { findCorpus } from '../corpus/found-corpus.ts';
import { JournalAdapter } from '../store/journal-adapter.ts';
import { Store } from '../store/store.ts';

/** The settings that belong to a machine and not to a library. */
export type MachineSettings = Pick<Settings, 'window' | 'copies' | 'copiedAt' | 'copiesId'>;

/** The names of {@link MachineSettings}. */
export const machineSettingNames = ['window', 'copies', 'copiedAt', 'copiesId'] as const;

/** Takes the settings out that belong to a machine. */
export function machineSettings({ window, copies, copiedAt, copiesId }: Settings): MachineSettings {
  return { window, copies, copiedAt, copiesId };
}

/**
 * Opens the files of a library that has been unpacked, which shows that they can be opened, and gives
 * it the settings of this machine. It is on the disk, and closed, when this resolves.
 * @param look called with it while it is open
 * @returns what was found that the reader should know, in plain words
 * @throws OffprintError `newer` or `damaged`
 */
export async function makeReady(
  folder: string,
  hasCorpus: boolean,
  settings: MachineSettings,
  look: (store: Store) => void = () => {},
): Promise<string[]> {
  if (hasCorpus && findCorpus(folder).kind !== 'usable') {
    throw new OffprintError('damaged', 'The papers in the backup cannot be read. Nothing was changed.');
  }
  const store = await Store.open(new JournalAdapter(folder));
  try {
    if (store.readOnly !== null) throw new OffprintError('newer', `${store.readOnly} Nothing was changed.`);
    await store.change({ settings });
    look(store);
    return [...store.notices];
  } finally {
    await store.close();
  }
}
