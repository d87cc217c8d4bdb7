import { expect, test } from 'vitest';
import { exampleFolder, folderProblem, suggestedFolder } from './folders.ts';

test.each([
  ['/home/ada/.local/share/offprint', '/home/ada'],
  ['/Users/ada/Library/Application Support/Offprint', '/Users/ada'],
  ['/root/.local/share/offprint', '/root'],
  ['C:\\Users\\Ada Lovelace\\AppData\\Roaming\\Offprint', 'C:\\Users\\Ada Lovelace'],
  ['/srv/offprint', ''],
  ['/home/ada', ''],
  ['D:\\Offprint', ''],
])('of the data folder %s, the folder suggested for backups is “%s”', (dataFolder, folder) => {
  expect(suggestedFolder(dataFolder)).toBe(folder);
});

test('an example looks like a path of the same platform', () => {
  expect(exampleFolder('C:\\Users\\ada\\Offprint')).toBe('D:\\Backups');
  expect(exampleFolder('\\\\server\\share')).toBe('D:\\Backups');
  expect(exampleFolder('/home/ada/offprint')).toBe('/media/disk/backups');
});

test.each(['/media/stick', 'D:\\Backups', 'D:/Backups', '\\\\server\\share'])('%s is a whole path', (folder) => {
  expect(folderProblem(folder)).toBeNull();
});

test.each(['', 'Backups', './Backups', '~/Backups', 'D:Backups'])('“%s” is none', (folder) => {
  expect(folderProblem(folder)).toMatch(/^Type the/);
});
