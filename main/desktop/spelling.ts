import type { Session } from 'electron';
import { languageSchema, type Settings } from '../../shared/settings.ts';
import { appOrigin } from './app-address.ts';

/** Whether the system checks spelling by itself, in the languages that the reader has chosen there. */
function systemChecks(platform: NodeJS.Platform): boolean {
  return platform === 'darwin';
}

/**
 * Outside macOS, Chromium fetches its spelling dictionaries from a server as soon as a language is set, which by
 * default it is. A session that may not do so gets no language, and an address of ours, where there are none.
 * @param mayFetch true where this start may reach the server of the dictionaries; there is no language yet either way
 */
export function quietSpelling(session: Session, mayFetch: boolean): void {
  if (systemChecks(process.platform)) return;
  // Setting languages turns the checker on or off by itself; what is said last holds.
  session.setSpellCheckerLanguages([]);
  session.setSpellCheckerEnabled(false);
  if (!mayFetch) session.setSpellCheckerDictionaryDownloadURL(`${appOrigin}/dictionaries/`);
}

/** Languages that notes can be checked in, as BCP 47 names them; none where the system sees to that. */
export function spellingLanguages(session: Session): string[] {
  if (systemChecks(process.platform)) return [];
  return session.availableSpellCheckerLanguages.filter((language) => languageSchema.safeParse(language).success);
}

/**
 * Has notes checked in the languages of the settings, each time that they say something else than before. A language
 * that this Chromium does not know is left out; a dictionary that is not there yet is fetched, where this start may.
 */
export function followSpelling(session: Session): (settings: Pick<Settings, 'spelling'>) => void {
  let last = '';
  return ({ spelling }) => {
    if (systemChecks(process.platform)) return;
    const known = new Set(spellingLanguages(session));
    const languages = (spelling ?? []).filter((language) => known.has(language));
    if (languages.join() === last) return;
    last = languages.join();
    session.setSpellCheckerLanguages(languages);
    session.setSpellCheckerEnabled(languages.length > 0);
  };
}

/**
 * Whether a request is Chromium's own for a spelling dictionary: by https, from the place where it keeps them or the
 * host near the reader that it sends on to, and not from any page.
 */
export function asksForDictionary({ url, method, webContentsId }: Electron.OnBeforeRequestListenerDetails): boolean {
  const parsed = URL.parse(url);
  return (
    webContentsId === undefined &&
    method === 'GET' &&
    parsed?.protocol === 'https:' &&
    parsed.port === '' &&
    parsed.hostname.endsWith('.gvt1.com') &&
    /^\/edgedl\/chrome\/dict\/[\w-]+\.bdic$/.test(parsed.pathname)
  );
}
