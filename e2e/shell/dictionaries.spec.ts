import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';

test('the network is open to dictionaries from the start after one is chosen to the one after it is not', async ({
  app,
}, { project }) => {
  test.skip(project.name === 'electron', 'it would fetch one');
  test.skip(process.platform === 'darwin', 'the system checks spelling there');
  const rules = () =>
    app.program.evaluate(({ app: program }) => program.commandLine.getSwitchValue('host-resolver-rules'), null);
  const kept = () => existsSync(join(app.dataFolder, 'electron/network.json'));
  const closed = 'MAP * ~NOTFOUND';
  expect(await rules()).toBe(closed);
  await app.page.keyboard.press('ControlOrMeta+,');
  await app.page.getByRole('button', { name: 'Add language' }).press('Enter');
  await expect.poll(kept).toBe(true);
  expect(await rules()).toBe(closed);
  await app.quit();
  await app.start();
  expect(await rules()).toBe(`${closed}, EXCLUDE *.gvt1.com`);
  await app.page.keyboard.press('ControlOrMeta+,');
  await app.page
    .getByRole('dialog')
    .getByRole('button', { name: /^Do not check / })
    .press('Enter');
  await expect.poll(kept).toBe(false);
  await app.quit();
  await app.start();
  expect(await rules()).toBe(closed);
});
