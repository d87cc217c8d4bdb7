import { join } from 'node:path';
import { app } from 'electron';
import type { Handlers } from '../../shared/contract.ts';
import type { UpdateState } from '../../shared/host-calls.ts';
import { describeError } from '../log/describe-error.ts';
import { log } from '../log/log.ts';
import { type FeedAddress, feedFile } from '../updates/feed-address.ts';
import { updatedElsewhere } from '../updates/updated-elsewhere.ts';
import { Updates } from '../updates/updates.ts';
import { openUpdateSession } from './update-session.ts';

/** Milliseconds that an installer has to end the process; then it ends all the same. */
const installerPatience = 10_000;

/**
 * What is known of newer versions of the program that runs. electron-updater is loaded when the feed is first asked,
 * and not before.
 * @param feed of this build, if it has one
 * @param isAllowed this start may reach the feed
 * @param changed told of every change of the state
 */
export function desktopUpdates(
  feed: FeedAddress | null,
  isAllowed: boolean,
  changed: (state: UpdateState) => void,
): Updates {
  const resources = process.resourcesPath;
  const store = process.windowsStore ? 'microsoft' : process.mas ? 'apple' : null;
  let told: UpdateState['kind'] | null = null;
  return new Updates({
    elsewhere: updatedElsewhere({ isPackaged: app.isPackaged, resources, env: process.env, store, feed }),
    isAllowed,
    page: feed?.page ?? '',
    async engine() {
      if (feed === null) throw new Error('there is no feed');
      const { openUpdateEngine, fetchIn } = await import('./update-engine.ts');
      const fetch = fetchIn(openUpdateSession(feed.hosts));
      return openUpdateEngine({ feed, configFile: join(resources, feedFile), fetch });
    },
    changed(state) {
      if (state.kind !== told) log.info('update', logged(state));
      told = state.kind;
      changed(state);
    },
    failed: (error) => log.warn('failed', { where: 'updates', ...describeError(error) }),
    quit: () => app.quit(),
  });
}

function logged(state: UpdateState) {
  return { state: state.kind, ...('version' in state && { version: state.version }) };
}

/** Handlers that answer for newer versions. */
export function withUpdates(handlers: Handlers, updates: Updates): Handlers {
  return {
    ...handlers,
    'updates.state': async () => updates.state,
    'updates.check': () => updates.look(),
    'updates.fetch': async () => updates.fetch(),
    'updates.install': async () => {
      // The answer first.
      setImmediate(() => updates.install());
      return {};
    },
  };
}

/** Ends the process with a code, by way of the installer where something is to be installed and nothing went wrong. */
export function endWithUpdates(updates: Updates, code: number): void {
  if (code === 0 && updates.end()) setTimeout(() => app.exit(0), installerPatience);
  else app.exit(code);
}
