import { beforeEach, expect, test, vi } from 'vitest';
import type { Handlers } from '../../shared/contract.ts';
import { withFolderDialog } from './choose-folder.ts';
import { chosenFolders } from './electron-double.ts';

vi.mock('electron', () => import('./electron-double.ts'));

const answer = async () => ({ folder: 'never' });
const handlers = withFolderDialog({ 'folder.choose': answer, 'data.show': answer } as unknown as Handlers);

beforeEach(() => {
  chosenFolders.asked.length = 0;
  chosenFolders.answer = null;
});

test('a folder is chosen in the dialog of the system, which begins where the reader was', async () => {
  chosenFolders.answer = '/media/stick';
  expect(await handlers['folder.choose']({ at: '/home/ada' })).toEqual({ folder: '/media/stick' });
  expect(await handlers['folder.choose']({ at: null })).toEqual({ folder: '/media/stick' });
  const properties = ['openDirectory', 'createDirectory', 'dontAddToRecent'];
  expect(chosenFolders.asked).toEqual([{ properties, defaultPath: '/home/ada' }, { properties }]);
});

test('a dialog that is left without a choice changes nothing, and other calls go where they went', async () => {
  expect(await handlers['folder.choose']({ at: '/home/ada' })).toEqual({ folder: null });
  expect(handlers['data.show']).toBe(answer);
});
