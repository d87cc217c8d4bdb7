import { app, powerMonitor } from 'electron';

/**
 * Has what was typed saved before the machine sleeps, and ends the program in order before it is turned off.
 * The program must be ready. (Windows tells each window instead; see `flushBeforeClosing`.)
 * @param save asks the page to save everything typed; a machine that goes to sleep does not wait for the answer
 */
export function heedPower(save: () => void): void {
  powerMonitor.on('suspend', save);
  // From here on nobody may be there to see what could not be saved.
  powerMonitor.on('lock-screen', save);
  powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
    // The system waits a while for programs that ask it to, and these should then end soon.
    event?.preventDefault();
    app.quit();
  });
}
