import { expect, test } from '../fixtures.ts';
import {
  expectCount,
  expectReading,
  expectRows,
  firstTitle,
  goToSearch,
  row,
  secondTitle,
  writeNote,
} from './parts.ts';

test('no page of ours runs inline script, evaluates text, or reaches another host', async ({ app }) => {
  const { page } = app;
  const results = await page.evaluate(async () => {
    const attempt = async (work: () => unknown) => {
      try {
        await work();
        return 'allowed';
      } catch {
        return 'refused';
      }
    };
    await attempt(() => {
      const script = document.createElement('script');
      script.textContent = 'window.__inline = 1';
      document.head.append(script);
    });
    return {
      inline: Reflect.get(window, '__inline') === undefined ? 'refused' : 'allowed',
      // By a timer: what the test itself evaluates is let through by the browser's debugger.
      evaluated: await new Promise((resolve) => {
        const evaluate: (code: TimerHandler) => unknown = setTimeout;
        attempt(() => evaluate('window.__evaluated = 1'));
        requestAnimationFrame(() =>
          requestAnimationFrame(() =>
            resolve(Reflect.get(window, '__evaluated') === undefined ? 'refused' : 'allowed'),
          ),
        );
      }),
      elsewhere: await attempt(() => fetch('http://127.0.0.2:9/')),
      image: await new Promise((resolve) => {
        const image = new Image();
        image.onload = () => resolve('allowed');
        image.onerror = () => resolve('refused');
        image.src = 'http://127.0.0.2:9/x.png';
      }),
    };
  });
  expect(results).toEqual({ inline: 'refused', evaluated: 'refused', elsewhere: 'refused', image: 'refused' });
  app.expectTrouble(/Content Security Policy|TrustedScript|trusted/i);
});

test('links in an abstract open outside of the window, without a way back to it', async ({ app }) => {
  const { page } = app;
  await goToSearch(page);
  await page.keyboard.type('github');
  await page.keyboard.press('Enter');
  const link = page.getByRole('article').locator('a[href^="https://github.com/"]').first();
  await expect(link).toHaveAttribute('target', '_blank');
  await expect(link).toHaveAttribute('rel', /noopener/);
  await expect(link).toHaveAttribute('rel', /noreferrer/);
  await expect(link).toHaveAttribute('href', /^https:\/\/github\.com\/[\w./-]*[\w/-]$/);
});

test('an ordinary session asks nothing of any other host', async ({ app, context }) => {
  const asked: string[] = [];
  context.on('request', (request) => asked.push(new URL(request.url()).host));
  const { page } = app;
  const own = new URL(page.url()).host;
  await page.reload();
  await expectReading(page, firstTitle);
  await page.keyboard.press('j');
  await expectReading(page, secondTitle);
  await page.keyboard.press('q');
  await expectCount(page, 'To read', 1);
  await goToSearch(page);
  await page.keyboard.type('weak');
  await expect(row(page, 'Weak-to-Strong Reasoning')).toBeVisible();
  expect(asked.filter((host) => host !== own)).toEqual([]);
});

test('no title, note or query stands in the window’s title or address', async ({ app }) => {
  const { page } = app;
  await writeNote(page, 'a secret thought');
  await page.keyboard.press('Escape');
  await expectCount(page, 'With notes', 1);
  await goToSearch(page);
  await page.keyboard.type('secret query');
  await expectRows(page, 0);
  await expect(page).toHaveTitle('Offprint');
  expect(page.url()).not.toMatch(/secret|token/);
});
