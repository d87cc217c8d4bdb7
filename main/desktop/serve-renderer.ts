import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { protocol } from 'electron';
import { OffprintError } from '../../shared/outcome.ts';
import { appScheme } from './app-address.ts';
import { answerWithFile, answerWithImage } from './renderer-files.ts';

/**
 * Serves the renderer's files under `app://`, and the pictures of notes beside them.
 * @param folder the folder that `vite build` made
 * @param dataFolder the data folder that pictures are kept in
 * @throws OffprintError `not-found` when it is not there
 */
export function serveRenderer(folder: string, dataFolder: string): void {
  if (!existsSync(join(folder, 'index.html'))) {
    throw new OffprintError('not-found', `The page of Offprint is not in ${folder}. Run: npm run build`);
  }
  protocol.handle(appScheme, async (request) => {
    return (await answerWithImage(dataFolder, request)) ?? answerWithFile(folder, request);
  });
}
