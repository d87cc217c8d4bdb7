import { registerHooks } from 'node:module';

/**
 * Stands in for Electron where the program as built is started as a command line, by `node --import` of this file:
 * whether it is an installed one, and its end, is all that a command may ask of Electron. Anything else, a window
 * above all, is not there to be imported, and the start fails.
 */
const source = `
  const app = { isPackaged: false, exit: (code) => process.exit(code) };
  const loud = { get(target, name) { if (name in target) return target[name]; throw new Error('a command used app.' + String(name)); } };
  const watched = new Proxy(app, loud);
  export { watched as app };
`;
const address = 'electron:double';

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: address, shortCircuit: true } : next(specifier, context),
  load: (url, context, next) =>
    url === address ? { format: 'module', source, shortCircuit: true } : next(url, context),
});
