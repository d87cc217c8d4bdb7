import { dialog } from 'electron';
import type { Handlers } from '../../shared/contract.ts';

/** A library's handlers, with `folder.choose` answered by the system's own dialog for folders. */
export function withFolderDialog(handlers: Handlers): Handlers {
  return {
    ...handlers,
    'folder.choose': async ({ at }) => {
      const { canceled, filePaths } = await dialog.showOpenDialog({
        // Windows would list it among what was opened last.
        properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'],
        ...(at !== null && { defaultPath: at }),
      });
      return { folder: canceled ? null : (filePaths[0] ?? null) };
    },
  };
}
