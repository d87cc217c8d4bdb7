import { expect, test } from '../fixtures.ts';

// What the stand-in for Electron is worth hangs on this: nothing that the shell asks of it passes unheard.

test.beforeEach(({ browserName: _ }, { project }) => {
  test.skip(project.name !== 'desktop', 'it is about the stand-in for Electron');
});

test('what the double lacks, and what would not be true of it, fails by its name', async ({ app }) => {
  const refused = (work: (electron: typeof Electron.CrossProcessExports, nothing: null) => unknown) =>
    app.program.evaluate(work, null).then(
      () => 'it went through',
      (error: unknown) => /lacks [^\n]*/.exec(String(error))?.[0] ?? String(error),
    );
  expect(await refused(({ app: program }) => program.addRecentDocument('x'))).toBe('lacks app.addRecentDocument.');
  expect(await refused(({ app: program }) => program.on('gpu-info-update', () => {}))).toBe(
    'lacks the event gpu-info-update of app.',
  );
  expect(await refused(({ BrowserWindow }) => void new BrowserWindow({ kiosk: true }))).toBe(
    'lacks the option kiosk of BrowserWindow.',
  );
  expect(
    await refused(({ BrowserWindow }) => void new BrowserWindow({ webPreferences: { contextIsolation: false } })),
  ).toBe('lacks webPreferences with contextIsolation: false.');
  expect(await refused(({ Menu }) => void Menu.buildFromTemplate([{ label: 'x', role: 'nothing' as 'about' }]))).toBe(
    'lacks the menu role nothing.',
  );
  app.expectTrouble(/the stand-in for Electron lacks/);
});

test('a dialog that nobody expected is heard of, and cancelled', async ({ app }) => {
  const answer = await app.program.evaluate(
    ({ dialog }) => dialog.showMessageBox({ message: 'Really?', buttons: ['Yes', 'No'], cancelId: 1 }),
    null,
  );
  expect(answer.response).toBe(1);
  app.expectTrouble(/nobody expected: Really\?/);
});

test('whatever a terminal and a test runner ask about colours, the program has nothing to say of it', async ({
  app,
}) => {
  await app.kill();
  const { FORCE_COLOR: force, NO_COLOR: no } = process.env;
  Object.assign(process.env, { FORCE_COLOR: '1', NO_COLOR: '1' });
  try {
    await app.start();
    const seen = await app.program.evaluate(
      () => [globalThis.process.env['FORCE_COLOR'], globalThis.process.env['NO_COLOR']],
      null,
    );
    expect(seen).toEqual([undefined, undefined]);
  } finally {
    for (const [name, value] of Object.entries({ FORCE_COLOR: force, NO_COLOR: no }))
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  }
});
