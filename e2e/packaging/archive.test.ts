import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pathOfAddress } from '../../main/desktop/renderer-files.ts';
import { evaluatedInScript, foreignInStyle, inlineInPage } from '../security/inline.ts';
import { fileInArchive, filesBelow, filesInArchive, pack, stageProject } from './stage.ts';
import { standInRuntime } from './stand-in-runtime.ts';

const root = dirname(dirname(import.meta.dirname));
const temporary = mkdtempSync(join(tmpdir(), 'offprint-packaging-'));
const project = join(temporary, 'project');
const program = join(project, 'release', 'linux-unpacked');
const resources = join(program, 'resources');
const archive = join(resources, 'app.asar');

beforeAll(async () => {
  await standInRuntime(join(temporary, 'runtime'), 'linux');
  await stageProject(project);
  await pack(project, join(temporary, 'runtime'), ['--linux', 'dir', '--x64']);
}, 300_000);

afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const fromArchive = (path: string) => fileInArchive(archive, path);

describe('the archive, packed with a stand-in for the Electron runtime', () => {
  test('holds what the build made and package.json, and nothing else', () => {
    const made = ['main', 'preload', 'renderer'].flatMap((part) =>
      filesBelow(join(project, 'out', part)).map((path) => `out/${part}/${path}`),
    );
    expect(filesInArchive(archive)).toEqual([...made, 'package.json'].toSorted());
    for (const path of made) expect(fromArchive(path).equals(readFileSync(join(project, path))), path).toBe(true);
  });

  test('holds no source, test, source map, licence list of the build, or package', () => {
    for (const path of filesInArchive(archive)) {
      expect(path).not.toMatch(
        /\.(map|tsx?|d\.ts|test\.\w+)$|node_modules|\.cache|licences|electron-double|^out\/built$/,
      );
      expect(path).toMatch(/^package\.json$|\.(js|cjs|html|css|woff2|svg|png)$/);
    }
  });

  test('starts with a file that is there, and says nothing that only developers need', () => {
    const manifest = JSON.parse(fromArchive('package.json').toString('utf8')) as Record<string, unknown>;
    const files = filesInArchive(archive);
    expect(files).toContain(manifest['main']);
    expect(manifest).toMatchObject({ name: 'offprint', productName: 'Offprint', type: 'module' });
    expect(manifest).not.toHaveProperty('scripts');
    expect(manifest).not.toHaveProperty('devDependencies');
    for (const path of ['out/preload/preload.cjs', 'out/renderer/index.html']) expect(files).toContain(path);
    for (const name of ['corpus', 'papers', 'check']) expect(files).toContain(`out/main/${name}-worker.js`);
  });

  test('needs nothing from outside but Electron and Node', () => {
    for (const path of filesInArchive(archive).filter((each) => each.startsWith('out/main/'))) {
      const text = fromArchive(path).toString('utf8');
      const imported = [...text.matchAll(/^\s*(?:import|export)\b(?!\s*:)[^'"\n;]*?["']([^"'\n]+)["']/gm)].map(
        ([, name = '']) => name,
      );
      for (const name of imported.filter((each) => !each.startsWith('.'))) {
        expect(name === 'electron' || isBuiltin(name), `${path} imports ${name}`).toBe(true);
      }
    }
  });

  // Measured on 23 November 2026: 8.1 MB, of which 4.7 MB is the main process (not minified, so that what it reports can be
  // read; 0.7 MB of it the processor of citations, 0.4 MB its styles), 1.5 MB fonts (0.4 MB for mathematics) and 1.9 MB the
  // page (0.5 MB of it mathematics, 0.35 MB the editor of notes). Room for a tenth more: a source map, a test's library, or
  // one more copy of what is bundled would be above it.
  test('is no larger than 9 MB', () => {
    expect(statSync(archive).size).toBeLessThan(9_000_000);
  });

  test('has a preload script that requires Electron alone and carries no schemas', () => {
    const preload = fromArchive('out/preload/preload.cjs').toString('utf8');
    expect([...preload.matchAll(/require\(["']([^"']+)["']\)/g)].map(([, name]) => name)).toEqual(['electron']);
    expect(preload).toContain('exposeInMainWorld');
    expect(preload.length).toBeLessThan(8_000);
  });
});

describe('the page in the archive', () => {
  const ofPage = (ending: string) =>
    filesInArchive(archive).filter((path) => path.startsWith('out/renderer/') && path.endsWith(ending));
  const textOf = (path: string) => fromArchive(path).toString('utf8');

  test('has nothing inline, nothing from elsewhere, and no script that turns text into script', () => {
    expect(ofPage('.html')).toEqual(['out/renderer/index.html']);
    expect(inlineInPage(textOf('out/renderer/index.html'))).toEqual([]);
    expect(ofPage('.js')).not.toEqual([]);
    for (const path of ofPage('.js')) expect(evaluatedInScript(textOf(path)), path).toEqual([]);
    expect(ofPage('.css')).not.toEqual([]);
    for (const path of ofPage('.css')) expect(foreignInStyle(textOf(path)), path).toEqual([]);
  });

  test('has only files that app:// gives: every name is plain', () => {
    for (const path of ofPage('')) {
      const name = path.slice('out/renderer/'.length);
      expect(pathOfAddress(`app://offprint/${name}`), name).toBe(name);
    }
  });
});

describe('beside the archive', () => {
  test('lies the capture, byte for byte', () => {
    const shipped = readFileSync(join(resources, 'daily-papers.txt'));
    expect(shipped.equals(readFileSync(join(root, 'resources/daily-papers.txt')))).toBe(true);
  });

  test('lie the icon, the page of formats and the licences, ours and those of what is bundled', () => {
    expect(readFileSync(join(resources, 'LICENSE.offprint.txt'), 'utf8')).toContain('MIT License');
    expect(readFileSync(join(resources, 'THIRD-PARTY-NOTICES.md'), 'utf8')).toContain('react');
    expect(existsSync(join(resources, 'icons/256x256.png'))).toBe(true);
    expect(readFileSync(join(resources, 'formats.md'), 'utf8')).toContain('library.json');
    expect(existsSync(join(program, 'LICENSE.electron.txt'))).toBe(true);
    expect(existsSync(join(program, 'LICENSES.chromium.html'))).toBe(true);
  });

  test('lies nothing else: no part of the archive is unpacked', () => {
    // The runtime's own sample stays when the runtime is a folder; the fuses keep it from being run.
    const found = filesBelow(resources).filter((path) => path !== 'default_app.asar');
    expect(found).toEqual(
      [
        'LICENSE.offprint.txt',
        'THIRD-PARTY-NOTICES.md',
        'app-update.yml',
        'app.asar',
        'bin/offprint',
        'daily-papers.txt',
        'formats.md',
        'icons/256x256.png',
      ].toSorted(),
    );
  });
});

describe('the fuses', () => {
  test.each([
    ['RunAsNode', '0'],
    ['EnableCookieEncryption', '1'],
    ['EnableNodeOptionsEnvironmentVariable', '0'],
    ['EnableNodeCliInspectArguments', '0'],
    ['EnableEmbeddedAsarIntegrityValidation', '1'],
    ['OnlyLoadAppFromAsar', '1'],
    ['LoadBrowserProcessSpecificV8Snapshot', '0'],
    ['GrantFileProtocolExtraPrivileges', '0'],
  ] as const)('%s is %s', async (name, state) => {
    const fuses = await getCurrentFuseWire(join(program, 'offprint'));
    expect(String.fromCharCode(Number(fuses[FuseV1Options[name]]))).toBe(state);
  });
});
