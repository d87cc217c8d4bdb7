/**
 * Renders `offprint.svg` into what each platform wants: PNG at every size for Linux, `icon.ico`
 * for Windows, `icon.icns` for macOS. Run it after changing the drawing: `node resources/icons/render.ts`
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { browserArguments, findBrowser } from '../../e2e/browser.ts';
import { icnsOf, icnsParts, icoOf, icoSides, linuxSides, macScale, type Rendering } from './containers.ts';

const folder = import.meta.dirname;

const executablePath = findBrowser();
if (executablePath === null) throw new Error('There is no Chromium to render with.');
const browser = await chromium.launch({ executablePath, args: [...browserArguments] });
const drawing = readFileSync(join(folder, 'offprint.svg')).toString('base64');

/** Draws the icon in the middle of a square of pixels, as large as that or by `scale` smaller. */
async function render(side: number, scale = 1): Promise<Rendering> {
  const page = await browser.newPage({ viewport: { width: side, height: side } });
  const place = `position:absolute;inset:0;margin:auto;width:${side * scale}px;height:${side * scale}px`;
  await page.setContent(`<img style="${place}" src="data:image/svg+xml;base64,${drawing}">`);
  await page.locator('img').evaluate((image: HTMLImageElement) => image.decode());
  const png = await page.screenshot({ omitBackground: true });
  await page.close();
  return { side, png };
}

const renderings: Rendering[] = [];
for (const side of linuxSides) {
  const rendering = await render(side);
  renderings.push(rendering);
  writeFileSync(join(folder, `${side}x${side}.png`), rendering.png);
}
const forMac: Rendering[] = [];
for (const side of new Set(icnsParts.map(([, each]) => each))) forMac.push(await render(side, macScale(side)));
await browser.close();

const isForWindows = ({ side }: Rendering) => (icoSides as readonly number[]).includes(side);
writeFileSync(join(folder, 'icon.ico'), icoOf(renderings.filter(isForWindows)));
writeFileSync(join(folder, 'icon.icns'), icnsOf(forMac));
process.stdout.write(`Rendered ${linuxSides.join(', ')} pixels, icon.ico and icon.icns.\n`);
