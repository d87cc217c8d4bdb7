/** One item of Electron's own security checklist. */
export interface ChecklistItem {
  number: number;
  /** As Electron's page has it. */
  title: string;
}

const titles: readonly string[] = [
  'Only load secure content',
  'Do not enable Node.js integration for remote content',
  'Enable context isolation',
  'Enable process sandboxing',
  'Handle session permission requests from remote content',
  'Do not disable webSecurity',
  'Define a Content Security Policy',
  'Do not enable allowRunningInsecureContent',
  'Do not enable experimental features',
  'Do not use enableBlinkFeatures',
  'Do not use allowpopups for WebViews',
  'Verify WebView options before creation',
  'Disable or limit navigation',
  'Disable or limit creation of new windows',
  'Do not use shell.openExternal with untrusted content',
  'Use a current version of Electron',
  'Validate the sender of all IPC messages',
  'Avoid usage of the file:// protocol and prefer usage of custom protocols',
  'Check which fuses you can change',
  'Do not expose Electron APIs to untrusted web content',
];

/** Electron's security checklist: https://www.electronjs.org/docs/latest/tutorial/security, as of Electron 45. */
export const checklist: readonly ChecklistItem[] = titles.map((title, index) => ({ number: index + 1, title }));
