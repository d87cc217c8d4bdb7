import type { BrowserWindow } from 'electron';
import type { WindowBounds } from '../../shared/settings.ts';

/** How long the window must stay where it is before its place is written down, in milliseconds. */
const settleTime = 500;

/**
 * Writes the window's place down each time it has been moved or resized and then left alone.
 * @param save keeps the bounds; called with those the window has when it neither is maximised nor fills the screen
 * @returns writes the place down at once if it has changed since, for when the window closes
 */
export function rememberBounds(
  window: BrowserWindow,
  save: (bounds: WindowBounds) => Promise<unknown>,
): () => Promise<void> {
  let timer: NodeJS.Timeout | null = null;
  const saveNow = async () => {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    const { x, y, width, height } = window.getNormalBounds();
    const isFull = window.isFullScreen();
    await save({ x, y, width, height, maximized: window.isMaximized(), ...(isFull && { fullScreen: true }) });
  };
  const changed = () => {
    if (timer !== null) clearTimeout(timer);
    // A place that could not be written down is not worth a message.
    timer = setTimeout(() => void saveNow().catch(() => {}), settleTime);
  };
  window.on('resize', changed);
  window.on('move', changed);
  window.on('maximize', changed);
  window.on('unmaximize', changed);
  window.on('enter-full-screen', changed);
  window.on('leave-full-screen', changed);
  window.on('closed', () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  });
  return saveNow;
}
