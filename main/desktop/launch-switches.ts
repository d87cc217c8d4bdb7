/**
 * The switches with which an installed Offprint may be started, and what each may say. Chromium has more than a
 * thousand, many of which start another program, open a way in, write a file anywhere or take a protection away, and
 * there are new ones with every version: so it is those named here, and no other.
 */
const taken: Readonly<Record<string, RegExp>> = {
  // Ours; where the folder is named by the next argument, there is no value.
  'data-dir': /^/,
  // The installer's, when it starts what it has just installed.
  updated: /^$/,
  'force-run': /^$/,
  // Reaches the process that started this one, by files that it opened for it, and nobody else: that one could do all
  // it likes anyway. So a release is driven before it is one. (A port would be open to every program.)
  'remote-debugging-pipe': /^$/,
  // How the window is drawn, which some machines need to be told.
  'ozone-platform': /^(x11|wayland)$/,
  'ozone-platform-hint': /^(auto|x11|wayland)$/,
  'enable-wayland-ime': /^(true|false)?$/,
  'wayland-text-input-version': /^\d$/,
  'enable-features': /^(UseOzonePlatform|WaylandWindowDecorations|WaylandLinuxDrmSyncobj|,)+$/,
  'gtk-version': /^\d$/,
  'disable-gpu': /^$/,
  'disable-gpu-compositing': /^$/,
  'force-device-scale-factor': /^\d(\.\d+)?$/,
  'force-color-profile': /^[\w-]+$/,
  'force-dark-mode': /^$/,
  'force-high-contrast': /^$/,
  'force-prefers-reduced-motion': /^$/,
  lang: /^[\w-]+$/,
  class: /^[\w.-]+$/,
};

/**
 * The first switch of a command line that an installed Offprint does not take, as `--name`; null when it takes them
 * all. Switches are what Chromium takes for them: everything before `--` that begins with one dash or two, and on
 * Windows with a slash, in any case.
 * @param argv the program itself comes first
 */
export function refusedSwitch(argv: readonly string[], platform: NodeJS.Platform = process.platform): string | null {
  for (const argument of argv.slice(1)) {
    const text = platform === 'win32' ? argument.trim() : argument;
    if (text === '--') return null;
    const dashes = /^(--?|\/)/.exec(text)?.[0] ?? '';
    if (dashes === '' || text === dashes || (dashes === '/' && platform !== 'win32')) continue;
    // What macOS tells a program that was started from the Finder.
    if (platform === 'darwin' && /^-psn_\d+_\d+$/.test(text)) continue;
    const [written = ''] = text.slice(dashes.length).split('=', 1);
    const value = text.slice(dashes.length + written.length + 1);
    const name = platform === 'win32' ? written.toLowerCase() : written;
    if (!Object.hasOwn(taken, name) || taken[name]?.test(value) !== true) return `--${name}`;
  }
  return null;
}
