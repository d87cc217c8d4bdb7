import type { Handlers } from '../shared/contract.ts';
import { keepImage } from './kept-images.ts';

/**
 * Implements the call that keeps pictures of notes.
 * @param change runs what writes into the data folder, unless nothing may be written there now
 */
export function imageCalls(
  dataFolder: string,
  change: <T>(make: () => Promise<T>) => Promise<T>,
): Pick<Handlers, 'images.keep'> {
  return {
    'images.keep': ({ type, base64 }) =>
      change(async () => ({ name: await keepImage(dataFolder, type, Buffer.from(base64, 'base64')) })),
  };
}
