import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';

/** The double of macOS's own updater: what it was told to fetch from, and what it was asked for. */
class FakeAutoUpdater extends EventEmitter implements Pick<Electron.AutoUpdater, 'checkForUpdates' | 'quitAndInstall'> {
  feed: Electron.FeedURLOptions | null = null;
  readonly did: string[] = [];

  setFeedURL(feed: Electron.FeedURLOptions): void {
    this.feed = feed;
  }

  checkForUpdates(): void {
    this.did.push('checkForUpdates');
  }

  quitAndInstall(): void {
    this.did.push('quitAndInstall');
  }
}

export const autoUpdater = new FakeAutoUpdater();
