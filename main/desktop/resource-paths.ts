import { join } from 'node:path';
import { app } from 'electron';

/** Where the program's own parts lie. */
export interface ResourcePaths {
  /** The folder of the page, as `vite build` made it. */
  renderer: string;
  preload: string;
  /** The capture that a new library opens with. */
  bundledCapture: string;
  /** The window's icon, for systems that do not take it from the program file. */
  icon: string;
}

/**
 * Where the program's own parts lie: below the project when started from it; inside the archive
 * when installed, except for the capture and the icon. They lie beside the archive as files of
 * their own: the capture is read like any file that a reader imports, the icon by the system.
 */
export function resourcePaths(): ResourcePaths {
  const program = app.getAppPath();
  const resources = app.isPackaged ? process.resourcesPath : join(program, 'resources');
  return {
    renderer: join(program, 'out', 'renderer'),
    preload: join(program, 'out', 'preload', 'preload.cjs'),
    bundledCapture: join(resources, 'daily-papers.txt'),
    icon: join(resources, 'icons', '256x256.png'),
  };
}
