import type { Page } from '@playwright/test';
import { type App, expect } from '../fixtures.ts';

/** Chooses an entry of the application menu by its id. One that is greyed out does nothing. */
export async function choose(app: App, id: string): Promise<void> {
  await app.program.evaluate(({ Menu }, wanted) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById(wanted);
    if (!item) throw new Error(`there is no entry ${wanted}`);
    if (item.enabled) item.click();
  }, id);
}

/** How an entry of the application menu stands. */
export async function entry(app: App, id: string): Promise<{ label: string; enabled: boolean; checked: boolean }> {
  return await app.program.evaluate(({ Menu }, wanted) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById(wanted);
    return { label: item?.label ?? '', enabled: item?.enabled ?? false, checked: item?.checked ?? false };
  }, id);
}

/** Has everything that is handed to the system written down instead; returns what was, at any later moment. */
export async function watchOpened(app: App): Promise<() => Promise<string[]>> {
  await app.program.evaluate(({ shell }) => {
    const opened: string[] = [];
    Reflect.set(globalThis, 'opened', opened);
    shell.openExternal = async (url: string) => void opened.push(url);
  }, null);
  return () => app.program.evaluate(() => Reflect.get(globalThis, 'opened') as string[], null);
}

/** Answers every question from now on by the button of this number; returns what was asked, at any later moment. */
export async function answerQuestions(app: App, response: number): Promise<() => Promise<string[]>> {
  await app.program.evaluate(({ dialog }, button) => {
    const asked: string[] = [];
    Reflect.set(globalThis, 'asked', asked);
    const answer = async (...args: unknown[]) => {
      asked.push((args.at(-1) as { message: string }).message);
      return { response: button, checkboxChecked: false };
    };
    dialog.showMessageBox = answer as typeof dialog.showMessageBox;
  }, response);
  return () => app.program.evaluate(() => Reflect.get(globalThis, 'asked') as string[], null);
}

/** Lets all that the program writes fail, as on a full disk, or succeed again. SQLite writes otherwise, and goes on. */
export async function fillDisk(app: App, isFull: boolean): Promise<void> {
  await app.program.evaluate(async (_electron, full) => {
    Reflect.set(globalThis, 'diskIsFull', full);
    if (Reflect.get(globalThis, 'diskCanFill') === true) return;
    Reflect.set(globalThis, 'diskCanFill', true);
    const { open } = process.getBuiltinModule('node:fs/promises');
    const handle = await open(process.execPath, 'r');
    const prototype = Object.getPrototypeOf(handle) as Record<string, (...args: unknown[]) => Promise<unknown>>;
    await handle.close();
    for (const name of ['write', 'writev', 'writeFile', 'appendFile']) {
      const write = prototype[name];
      if (!write) continue;
      prototype[name] = async function (this: unknown, ...args) {
        if (Reflect.get(globalThis, 'diskIsFull') === true) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
        return await write.apply(this, args);
      };
    }
  }, isFull);
}

/** Closes the window as its own button does. */
export async function closeWindow(app: App): Promise<void> {
  await app.program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close(), null);
}

/** Expects that the program ends by itself, and in order. */
export async function expectEnded(app: App): Promise<void> {
  expect(await app.program.ended()).toBe(0);
}

/** Waits for the next page that the window shows, and until the list stands in it. */
export async function nextPage(app: App, before: Page): Promise<Page> {
  await expect.poll(() => app.page !== before).toBe(true);
  await expect(app.page.getByRole('grid')).toBeVisible();
  return app.page;
}
