/**
 * Renders `offprint.svg` into what each platform wants: PNG at every size for Linux, `icon.ico`
 * for Windows, `icon.icns` for macOS. Run it after changing the drawing: `node resources/icons/render.ts`
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { browserArguments, findBrowser } from '../../e2e/browser.ts';
import { icnsOf, icoOf, icoSides, type Rendering } from './containers.ts';

const folder = import.meta.dirname;
const sides = [16, 24, 32, 48, 64, 96, 128, 256, 512, 1024];

const executablePath = findBrowser();
if (executablePath === null) throw new Error('There is no Chromium to render with.');
const browser = await chromium.launch({ executablePath, args: [...browserArguments] });
const drawing = readFileSync(join(folder, 'offprint.svg')).toString('base64');
const renderings: Rendering[] = [];
for (const side of sides) {
  const page = await browser.newPage({ viewport: { width: side, height: side } });
  await page.setContent(
    `<body style="margin:0"><img width="${side}" height="${side}" style="display:block" src="data:image/svg+xml;base64,${drawing}">`,
  );
  await page.locator('img').evaluate((image: HTMLImageElement) => image.decode());
  const png = await page.screenshot({ omitBackground: true });
  renderings.push({ side, png });
  writeFileSync(join(folder, `${side}x${side}.png`), png);
  await page.close();
}
await browser.close();

writeFileSync(
  join(folder, 'icon.ico'),
  icoOf(renderings.filter(({ side }) => (icoSides as readonly number[]).includes(side))),
);
writeFileSync(join(folder, 'icon.icns'), icnsOf(renderings));
process.stdout.write(`Rendered ${sides.join(', ')} pixels, icon.ico and icon.icns.\n`);
