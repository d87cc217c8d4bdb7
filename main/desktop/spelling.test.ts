import type { OnBeforeRequestListenerDetails, Session } from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { withHost } from './describe-host.ts';
import { session as sessions } from './electron-double.ts';
import { FakeSession } from './electron-double-session.ts';
import { smallLibrary } from './small-library.ts';
import { asksForDictionary, followSpelling, quietSpelling, spellingLanguages } from './spelling.ts';

vi.mock('electron', () => import('./electron-double.ts'));

const platform = Object.getOwnPropertyDescriptor(process, 'platform') ?? {};
const runOn = (name: string) => Object.defineProperty(process, 'platform', { ...platform, value: name });
let session: FakeSession;
const asSession = () => session as unknown as Session;

beforeEach(() => {
  session = new FakeSession();
});

afterEach(() => {
  Object.defineProperty(process, 'platform', platform);
});

describe.each(['linux', 'win32'])('on %s', (name) => {
  beforeEach(() => void runOn(name));

  test('a session begins without a language, and where it may not fetch, without a place to fetch from', () => {
    const turn = vi.spyOn(session, 'setSpellCheckerEnabled');
    quietSpelling(asSession(), false);
    expect(session.spellCheckerLanguages).toEqual([]);
    expect(turn.mock.calls).toEqual([[false]]);
    expect(session.dictionaryUrl).toBe('app://offprint/dictionaries/');
  });

  test('one that may fetch has no language yet either, and keeps Chromium’s own place', () => {
    const { dictionaryUrl } = session;
    quietSpelling(asSession(), true);
    expect(session.spellCheckerLanguages).toEqual([]);
    expect(session.spellCheckerEnabled).toBe(false);
    expect(session.dictionaryUrl).toBe(dictionaryUrl);
  });

  test('notes are checked in the languages of the settings, and in none when there are none', () => {
    quietSpelling(asSession(), true);
    const follow = followSpelling(asSession());
    follow({ spelling: ['en-GB', 'de'] });
    expect([session.spellCheckerLanguages, session.spellCheckerEnabled]).toEqual([['en-GB', 'de'], true]);
    follow({ spelling: null });
    expect([session.spellCheckerLanguages, session.spellCheckerEnabled]).toEqual([[], false]);
  });

  test('a language that Chromium does not know is left out, and does not stop the others', () => {
    const follow = followSpelling(asSession());
    follow({ spelling: ['tlh', 'fr'] });
    expect([session.spellCheckerLanguages, session.spellCheckerEnabled]).toEqual([['fr'], true]);
    follow({ spelling: ['tlh'] });
    expect(session.spellCheckerEnabled).toBe(false);
  });

  test('nothing is set where nothing changes', () => {
    const follow = followSpelling(asSession());
    follow({ spelling: ['fr'] });
    const set = vi.spyOn(session, 'setSpellCheckerLanguages');
    follow({ spelling: ['fr'] });
    expect(set).not.toHaveBeenCalled();
  });

  test('the page is told which languages there are, and that they are fetched', async () => {
    // What is no language tag would not pass the contract.
    expect(spellingLanguages(asSession())).toEqual(['af', 'de', 'en-GB', 'en-US', 'es-419', 'fr']);
    const { spelling } = await withHost(smallLibrary().handlers)['host.describe']({});
    expect(spelling).toEqual({ languages: spellingLanguages(sessions.defaultSession as never), fetches: true });
  });
});

describe('on macOS, the system’s own checker', () => {
  beforeEach(() => void runOn('darwin'));

  test('is left as it is', () => {
    quietSpelling(asSession(), false);
    followSpelling(asSession())({ spelling: ['fr'] });
    const { spellCheckerEnabled, spellCheckerLanguages, dictionaryUrl } = new FakeSession();
    expect(session).toMatchObject({ spellCheckerEnabled, spellCheckerLanguages, dictionaryUrl });
  });

  test('needs no languages and fetches nothing', async () => {
    const host = await withHost(smallLibrary().handlers)['host.describe']({});
    expect(host).toEqual({
      kind: 'desktop',
      badge: true,
      pdf: true,
      spelling: { languages: [], fetches: false },
      logs: true,
    });
  });
});

describe('a request for a dictionary', () => {
  const place = 'https://redirector.gvt1.com/edgedl/chrome/dict/en-gb-10-1.bdic';
  const asks = (url: string, change: object = {}) =>
    asksForDictionary({ url, method: 'GET', ...change } as OnBeforeRequestListenerDetails);

  test.each([
    place,
    'https://r1---sn-abc.gvt1.com/edgedl/chrome/dict/de-de-3-0.bdic?cms_redirect=yes',
  ])('%s is one', (url) => {
    expect(asks(url)).toBe(true);
  });

  test.each([
    'http://redirector.gvt1.com/edgedl/chrome/dict/en-gb-10-1.bdic',
    'https://redirector.gvt1.com:8443/edgedl/chrome/dict/en-gb-10-1.bdic',
    'https://redirector.gvt1.com/edgedl/chrome/dict/../x.bdic',
    'https://redirector.gvt1.com/edgedl/chrome/x.exe',
    'https://gvt1.com.example.org/edgedl/chrome/dict/en-gb-10-1.bdic',
    'https://evilgvt1.com/edgedl/chrome/dict/en-gb-10-1.bdic',
    'nonsense',
  ])('%s is none', (url) => {
    expect(asks(url)).toBe(false);
  });

  test('one of a page is none, nor one that sends something', () => {
    expect(asks(place, { webContentsId: 1 })).toBe(false);
    expect(asks(place, { method: 'POST' })).toBe(false);
  });
});
