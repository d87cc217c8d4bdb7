import { app } from 'electron';

/**
 * Makes this the only Offprint on its data folder.
 * @param showWindow called when somebody starts a second one, which then ends
 * @returns false when this is the second one: the first has been told, and this one must end
 */
export function takeSingleInstance(showWindow: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', showWindow);
  return true;
}
