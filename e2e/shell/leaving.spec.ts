import type { Page } from '@playwright/test';
import { securityHeaders } from '../../shared/content-security-policy.ts';
import { expect, test } from '../fixtures.ts';
import { firstTitle, goToSearch } from '../window/parts.ts';
import { watchOpened } from './shell-parts.ts';

test('links open in the reader’s browser, and the window stays where it is', async ({ app, context }) => {
  const { page } = app;
  const opened = await watchOpened(app);
  const at = page.url();
  await goToSearch(page);
  await page.keyboard.type('github');
  await page.keyboard.press('Enter');
  const link = page.getByRole('article').locator('a[href^="https://github.com/"]').first();
  const href = (await link.getAttribute('href')) ?? '';
  await link.click();
  await expect.poll(opened).toEqual([href]);
  await page.evaluate(() => {
    location.href = 'https://example.org/by-itself';
  });
  await expect.poll(opened).toEqual([href, 'https://example.org/by-itself']);
  await page.evaluate(() => window.open('https://example.org/window', '_blank', 'noopener'));
  await expect.poll(opened).toHaveLength(3);
  await page.evaluate(() => {
    location.href = 'mailto:a@example.org';
  });
  await expect.poll(opened).toContain('mailto:a@example.org');
  expect(page.url()).toBe(at);
  await expect.poll(() => context.pages()).toEqual([page]);
  app.expectTrouble(/external handler/);
});

test('nothing else leads anywhere', async ({ app, context }) => {
  const { page } = app;
  const opened = await watchOpened(app);
  const at = page.url();
  for (const address of ['file:///etc/passwd', 'app://offprint/other.html', 'https://name:word@example.org/', 'ms-x:y'])
    await page.evaluate((url) => window.open(url, '_blank', 'noopener'), address);
  await page.evaluate(() => {
    const form = document.createElement('form');
    form.action = 'https://example.org/form';
    document.body.append(form);
    form.submit();
    const frame = document.createElement('iframe');
    frame.src = 'https://example.org/frame';
    document.body.append(frame);
  });
  // What is asked last is answered last.
  await page.evaluate(() => window.open('https://example.org/last', '_blank', 'noopener'));
  await expect.poll(opened).toEqual(['https://example.org/last']);
  expect(page.url()).toBe(at);
  await expect.poll(() => context.pages()).toEqual([page]);
  // Not by a locator, which would wait for the form that the browser did not send.
  expect(await page.evaluate(() => document.querySelector('article h2')?.textContent)).toBe(firstTitle);
  app.expectTrouble(/Content Security Policy|Not allowed to|Failed to launch/i);
});

/** Asks for something as the page itself would. */
function fetched(page: Page, path: string, method = 'GET') {
  return page.evaluate(
    async ([url, how]) => {
      const answer = await fetch(url, { method: how });
      return { status: answer.status, headers: Object.fromEntries(answer.headers) };
    },
    [path, method] as const,
  );
}

test('the page and all that it loads come with the policy, refusals too', async ({ app }) => {
  const { page } = app;
  const wanted = Object.fromEntries(
    Object.entries(securityHeaders).map(([name, value]) => [name.toLowerCase(), value]),
  );
  for (const [path, status] of [
    ['/index.html', 200],
    ['/nothing.js', 404],
    // The browser has taken the dots for what they are.
    ['/%2e%2e/main/main.js', 404],
    ['/..%2fmain%2fmain.js', 403],
    ['/%252e%252e/main/main.js', 403],
  ] as const)
    expect(await fetched(page, path), path).toMatchObject({ status, headers: wanted });
  expect(await fetched(page, '/index.html', 'POST')).toMatchObject({ status: 405, headers: wanted });
  app.expectTrouble(/Failed to load resource/);
});

test('the page may put text on the clipboard, and has no other permission', async ({ app }) => {
  const { page } = app;
  const allowed = await page.evaluate(async () => {
    const ask = async (what: () => Promise<unknown>) =>
      what().then(
        () => 'granted',
        () => 'denied',
      );
    const states: Record<string, string> = {};
    for (const name of ['geolocation', 'notifications', 'midi', 'camera', 'microphone', 'clipboard-read'])
      states[name] = await navigator.permissions.query({ name: name as 'geolocation' }).then(
        ({ state }) => state,
        () => 'denied',
      );
    return {
      ...states,
      write: await ask(() => navigator.clipboard.writeText('put there')),
      read: await ask(() => navigator.clipboard.readText()),
    };
  });
  expect(allowed).toEqual({
    geolocation: 'denied',
    notifications: 'denied',
    midi: 'denied',
    camera: 'denied',
    microphone: 'denied',
    'clipboard-read': 'denied',
    write: 'granted',
    read: 'denied',
  });
  app.expectTrouble(/Permissions policy/);
});

test('the page has two functions of the program’s, frozen, and nothing of Node or Electron', async ({ app }) => {
  const found = await app.page.evaluate(async () => {
    const bridge = Reflect.get(window, 'offprint') as {
      call(name: string, input: unknown): Promise<{ ok: boolean; error?: { code: string } }>;
      on(name: string, listener: () => void): () => void;
    };
    const attempt = (what: () => unknown) => {
      try {
        what();
        return 'done';
      } catch {
        return 'refused';
      }
    };
    return {
      keys: Object.keys(bridge).toSorted(),
      isFrozen: Object.isFrozen(bridge),
      replaced: attempt(() => {
        Reflect.set(window, 'offprint', null) ||
          (() => {
            throw new Error();
          })();
      }),
      globals: ['require', 'process', 'module', 'Buffer', 'global', 'electron'].filter((name) => name in window),
      unknownCall: (await bridge.call('everything', {})).error?.code,
      malformed: (await bridge.call('paper.get', { id: 1 })).error?.code,
      // Nothing of a page's reaches the program but as a copy.
      uncloneable: await bridge.call('library.state', { f: () => 1 }).then(
        ({ ok }) => ok,
        () => 'rejected',
      ),
      unknownEvent: attempt(() => bridge.on('everything', () => {})),
      leaves: typeof bridge.on('command', () => {}),
    };
  });
  expect(found).toEqual({
    keys: ['call', 'on'],
    isFrozen: true,
    replaced: 'refused',
    globals: [],
    unknownCall: 'bad-input',
    malformed: 'bad-input',
    uncloneable: 'rejected',
    unknownEvent: 'refused',
    leaves: 'function',
  });
});

test('a page from elsewhere that stood in the window would be refused', async ({ app }, { project }) => {
  test.skip(project.name !== 'desktop', 'Electron lets no test lead its window elsewhere');
  const { page } = app;
  await page.route('https://elsewhere.example/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>elsewhere</title>' }),
  );
  await page.goto('https://elsewhere.example/');
  const answer = await page.evaluate(() =>
    (Reflect.get(window, 'offprint') as { call(name: string, input: object): Promise<unknown> }).call(
      'library.state',
      {},
    ),
  );
  expect(answer).toMatchObject({ ok: false, error: { code: 'refused' } });
});
