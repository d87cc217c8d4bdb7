import { app, type BrowserWindow, type NativeImage, nativeImage } from 'electron';
import type { LibraryState } from '../../shared/contract.ts';
import { badgePicture } from './badge-picture.ts';

/** How many papers are unread, on the dock or the taskbar. */
export interface Badge {
  /** Shows how many there are where the settings ask for it. */
  follow(state: Pick<LibraryState, 'counts' | 'settings'>): void;
  /** Shows it on a window that was just made: Windows has it on the button of the window. */
  attach(window: BrowserWindow): void;
}

/** Width and height of the picture that Windows lays over a button of the taskbar, in device-independent pixels. */
const overlaySize = 16;

/** How many pixels such a pixel is, on the displays that there are. */
const scales = [1, 1.25, 1.5, 2, 2.5, 3, 4] as const;

/** See {@link Badge}. @param window the window that is open, or null */
export function unreadBadge(window: () => BrowserWindow | null): Badge {
  const isOverlay = process.platform === 'win32';
  let shown = 0;
  const show = (on: BrowserWindow | null) => {
    if (!isOverlay) app.setBadgeCount(shown);
    else if (on !== null && !on.isDestroyed()) {
      on.setOverlayIcon(shown === 0 ? null : pictureOf(shown), shown === 0 ? '' : inWords(shown));
    }
  };
  return {
    follow({ counts, settings }) {
      const count = settings.badge ? counts.inbox : 0;
      if (count === shown) return;
      shown = count;
      show(window());
    },
    attach(made) {
      if (isOverlay && shown > 0) show(made);
    },
  };
}

function pictureOf(count: number): NativeImage {
  const image = nativeImage.createEmpty();
  for (const scaleFactor of scales) {
    const size = Math.round(overlaySize * scaleFactor);
    image.addRepresentation({ scaleFactor, width: size, height: size, buffer: badgePicture(count, size) });
  }
  return image;
}

/** What a screen reader says of the picture. */
function inWords(count: number): string {
  return count === 1 ? '1 unread paper' : `${count} unread papers`;
}
