// The program as built, with a double in the place of Electron's module. Started by host.ts, never by hand.
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// As Electron starts a program from its project's folder: the program of Electron, that folder, and what was given.
process.argv.splice(1, 1);
const root = process.argv[1] ?? '';
Object.defineProperty(process.versions, 'electron', { value: '45.4.1', enumerable: true });
Object.assign(process, { type: 'browser', defaultApp: true, resourcesPath: join(root, 'resources') });

const double = new URL('./electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier === 'electron/main'
      ? { url: double, shortCircuit: true }
      : next(specifier, context),
});

const electron = await import('./electron.ts');
await import('./double/page-asks.ts');
const { theApp } = await import('./double/app.ts');
const { answers } = await import('./double/stage.ts');

answers.evaluate = async ({ source, argument }) => {
  // biome-ignore lint/security/noGlobalEval: that is what the test asks for, as Playwright does for Electron.
  const run = globalThis.eval(`(${source})`) as (module: object, argument: unknown) => unknown;
  return await run(electron.default, argument);
};

await import(pathToFileURL(join(root, 'out/main/main.js')).href);
theApp.becomeReady();
