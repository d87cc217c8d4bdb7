import { app } from 'electron';
import { libraryEvents } from '../announcer.ts';
import { dataFolderPath } from '../data-folder.ts';
import { keptDrafts } from '../kept-drafts.ts';
import { log } from '../log/log.ts';
import { logCalls, logOpening, withLogFolder } from '../log/log-library.ts';
import { logStart } from '../log/log-start.ts';
import { type Asking, Opening } from '../opening/opening.ts';
import { askedAtStart } from '../opening/start-arguments.ts';
import { openReopenableLibrary } from '../reopenable-library.ts';
import { type FeedAddress, feedAddress } from '../updates/feed-address.ts';
import { followNetworkSettings, limitNetwork, noNetwork } from './allowed-network.ts';
import { answerCalls } from './answer-calls.ts';
import { sayAppId } from './app-id.ts';
import { keepBrowserDataIn } from './browser-data-folder.ts';
import { withFolderDialog } from './choose-folder.ts';
import { dataDirOption } from './data-dir-option.ts';
import { flushSignal } from './flush-signal.ts';
import { guardAllContents } from './guard-contents.ts';
import { guardCredentials } from './guard-credentials.ts';
import { guardAllSessions } from './guard-sessions.ts';
import { handOverOrExplain } from './hand-over.ts';
import { joinDesktop } from './join-desktop.ts';
import { logCrashes } from './log-crashes.ts';
import { type MainWindow, mainWindow } from './main-window.ts';
import { showFolder } from './open-external.ts';
import { withOpening } from './opening-calls.ts';
import { hearOpening } from './opening-events.ts';
import { heedPower } from './power.ts';
import { quitInOrder } from './quit.ts';
import { refuseLaunch } from './refuse-launch.ts';
import { registerAppScheme } from './register-app-scheme.ts';
import { resourcePaths } from './resource-paths.ts';
import { serveRenderer } from './serve-renderer.ts';
import { takeSingleInstance } from './single-instance.ts';
import { explainAndExit } from './startup-error.ts';
import { followTheme, setTheme } from './theme.ts';
import { desktopUpdates, endWithUpdates, withUpdates } from './with-updates.ts';

let window: MainWindow | null = null;
const opening = new Opening();
let browserData = '';
/** What this start may reach. */
let network = noNetwork;
/** Where newer versions are, if this build knows. */
let feed: FeedAddress | null = null;

/** Brings the window to the front; before there is one, it is about to come by itself. */
function showWindow(): void {
  window?.show().catch(explainAndExit);
}

/** Has something opened in the window, which comes to the front. */
function openInWindow(asking: Asking): void {
  opening.ask(asking);
  showWindow();
}

/** What must be in place before Electron is ready. */
function prepare(dataFolder: string): void {
  app.setName('Offprint');
  sayAppId();
  app.enableSandbox();
  logCrashes(log);
  registerAppScheme();
  hearOpening((asked) => openInWindow({ asked, folder: process.cwd() }));
  guardAllContents();
  guardCredentials();
  guardAllSessions(() => network.spelling);
  browserData = keepBrowserDataIn(dataFolder);
  log.openIn(dataFolder);
  feed = feedAddress(process.resourcesPath);
  network = limitNetwork(browserData, feed?.hosts ?? []);
  logStart(log, 'window', app.getVersion(), { packaged: app.isPackaged });
  log.info('network', network);
}

/** Opens the library, and the window on it. */
async function open(dataFolder: string): Promise<void> {
  const paths = resourcePaths();
  serveRenderer(paths.renderer, dataFolder);
  const library = await logOpening(log, dataFolder, () =>
    openReopenableLibrary({
      host: 'window',
      dataFolder,
      bundledCapture: paths.bundledCapture,
      appVersion: app.getVersion(),
      showFolder,
    }),
  );
  const updates = desktopUpdates(feed, network.updates, (state) => opened.send('updates.changed', state));
  const doNotQuit = quitInOrder(
    () => library.close(),
    process.platform,
    (code) => endWithUpdates(updates, code),
  );
  const stay = () => {
    doNotQuit();
    updates.stay();
  };

  const now = await library.handlers['library.state']({});
  const { settings } = now;
  setTheme(settings.theme);
  followTheme();

  const toOpen = opening.begin(
    (files) => library.adoptFiles(files),
    () => opened.send('opening.waiting', {}),
  );
  const shell = withUpdates(withOpening(withFolderDialog(library.handlers), toOpen), updates);
  const desktop = joinDesktop(withLogFolder(shell, library.dataFolder, showFolder), now, {
    window: () => opened,
    showWindow,
    icon: paths.icon,
  });
  const drafts = keptDrafts(desktop.handlers);
  const { handlers, flushed } = flushSignal(logCalls(drafts.handlers, log));
  const opened = mainWindow(handlers, { flushed, drafts }, paths, stay, desktop.attach);
  window = opened;
  answerCalls(handlers, opened.owns);
  library.on('library.changed', ({ state }) => setTheme(state.settings.theme));
  library.on('library.changed', ({ state }) => desktop.follow(state));
  const followNetwork = followNetworkSettings(browserData);
  followNetwork(settings);
  updates.isOn = settings.updates;
  library.on('library.changed', ({ state }) => {
    followNetwork(state.settings);
    updates.isOn = state.settings.updates;
  });
  for (const event of libraryEvents) library.on(event, (payload) => opened.send(event, payload));
  heedPower(() => opened.send('flush', {}));
  app.on('activate', showWindow);
  await opened.show();
  log.info('shown', { ms: process.uptime() * 1000 });
}

/** Starts the program. Nothing here may wait for `ready` at the top level, which waits for us. */
function start(): void {
  try {
    if (refuseLaunch(process.argv)) return;
    const dataFolder = dataFolderPath(dataDirOption(process.argv) ?? null);
    prepare(dataFolder);
    const asking = { asked: askedAtStart(process.argv, app.isPackaged), folder: process.cwd() };
    if (!takeSingleInstance(asking, openInWindow)) {
      app.quit();
      return;
    }
    opening.ask(asking);
    app
      .whenReady()
      .then(() => open(dataFolder))
      .catch((error: unknown) => handOverOrExplain(error, opening.giveUp()));
  } catch (error) {
    explainAndExit(error);
  }
}

start();
