import { type BrowserWindow, screen } from 'electron';
import { isReachable, placeWindow } from './window-bounds.ts';

/** What each display leaves to windows, the primary one first; in device-independent pixels. */
export function workAreas() {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  return [primary.workArea, ...others.map((display) => display.workArea)] as const;
}

/**
 * Brings a window back into reach when the display that it was on is gone, or shows less than it did. One that the
 * system has moved already, or that fills its display, stays as it is.
 */
export function keepOnDisplays(window: BrowserWindow): void {
  const changed = () => {
    if (window.isDestroyed() || window.isMaximized() || window.isFullScreen() || window.isMinimized()) return;
    const bounds = window.getNormalBounds();
    const areas = workAreas();
    if (!isReachable(bounds, areas)) window.setBounds(placeWindow(bounds, areas));
  };
  screen.on('display-removed', changed);
  screen.on('display-metrics-changed', changed);
  // Minimised or filling its display, it was not moved; now it would come back out of reach.
  window.on('restore', changed);
  window.on('unmaximize', changed);
  window.on('leave-full-screen', changed);
  window.on('closed', () => {
    screen.off('display-removed', changed);
    screen.off('display-metrics-changed', changed);
  });
}
