import open from 'open';

/** Milliseconds after which what shows a folder, and still runs, does show it. */
const longestShowing = 3000;

/** Shows a folder in the system's file manager; false where there is none. */
export async function showFolder(folder: string): Promise<boolean> {
  try {
    const launcher = await open(folder);
    const shown = Promise.withResolvers<boolean>();
    const timer = setTimeout(shown.resolve, longestShowing, true).unref();
    launcher.once('error', () => shown.resolve(false));
    launcher.once('exit', (code) => shown.resolve(code === 0));
    return await shown.promise.finally(() => clearTimeout(timer));
  } catch {
    return false;
  }
}
