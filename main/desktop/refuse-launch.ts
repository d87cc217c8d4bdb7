import { app, dialog } from 'electron';
import { refusedSwitch } from './launch-switches.ts';

const title = 'Offprint does not start like this';

const withoutSandbox =
  'It would run without the sandbox that keeps its window away from the rest of this computer (--no-sandbox). ' +
  'An AppImage is started so by itself where the system denies programs a sandbox of their own: ' +
  'please install the .deb or the .rpm package instead.';

/**
 * Ends an installed program that was started with a switch that it does not take, before anything of it runs, and
 * says why. A program that is not installed takes them all: whoever has the sources needs no switch to change it.
 * @returns true when it ends
 */
export function refuseLaunch(argv: readonly string[]): boolean {
  const refused = app.isPackaged ? refusedSwitch(argv) : null;
  if (refused === null) return false;
  const message =
    refused === '--no-sandbox' ? withoutSandbox : `It was started with ${refused}, which it does not take.`;
  process.stderr.write(`${title}. ${message}\n`);
  const end = () => {
    dialog.showErrorBox(title, message);
    app.exit(1);
  };
  // Linux shows no dialog before the program is ready. Whoever merely opened an AppImage should see why nothing
  // comes; for the others there is no waiting, for then Chromium would do as it was told.
  if (refused === '--no-sandbox') void app.whenReady().then(end);
  else end();
  return true;
}
