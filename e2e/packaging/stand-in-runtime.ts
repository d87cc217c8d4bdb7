import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPackage } from '@electron/asar';
import { Format, NtExecutable, NtExecutableResource, Resource } from 'resedit';

/** What marks the fuses in Electron's program file. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/**
 * The fuses of a stand-in runtime, as version, length and one character each: every one set to
 * what the configuration must change, where it names it, and the ninth, which it does not, left on.
 */
const wire = { version: 1, states: '101100111' } as const;

const fuses = Buffer.concat([
  Buffer.from(`stand-in ${sentinel}`),
  Buffer.from([wire.version, wire.states.length]),
  Buffer.from(`${wire.states} stand-in`),
]);

/** What Electron's own `Info.plist` says, as far as it matters to what a packed one says. */
export const electronsOwn = {
  minimumSystem: '13.0',
  reasons: [
    'NSAudioCaptureUsageDescription',
    'NSBluetoothAlwaysUsageDescription',
    'NSBluetoothPeripheralUsageDescription',
    'NSCameraUsageDescription',
    'NSMicrophoneUsageDescription',
  ],
} as const;

/** Languages of Chromium that a stand-in runtime has. */
export const languages = ['de', 'en-US', 'ja', 'pt-BR'] as const;

/**
 * Makes a folder that electron-builder takes for an unpacked Electron runtime: no program is in
 * it, but what is read and changed is where the real one has it: the fuses, on macOS the property lists, on
 * Windows the resources of the program file. The archive is a real one.
 */
export async function standInRuntime(folder: string, platform: 'linux' | 'darwin' | 'win32'): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'LICENSE'), 'licence of the runtime');
  writeFileSync(join(folder, 'LICENSES.chromium.html'), 'licences of Chromium');
  if (platform === 'darwin') {
    await standInApp(join(folder, 'Electron.app', 'Contents'));
    return;
  }
  await ownArchive(join(folder, 'resources'));
  mkdirSync(join(folder, 'locales'));
  for (const language of languages) writeFileSync(join(folder, 'locales', `${language}.pak`), language);
  if (platform === 'linux') {
    writeFileSync(join(folder, 'electron'), fuses);
    chmodSync(join(folder, 'electron'), 0o755);
    writeFileSync(join(folder, 'chrome-sandbox'), 'stand-in for the helper of the sandbox', { mode: 0o755 });
  } else writeFileSync(join(folder, 'electron.exe'), windowsProgram());
}

/** Puts Electron's sample into a folder of resources, as an archive. */
async function ownArchive(resources: string): Promise<void> {
  const sample = mkdtempSync(join(tmpdir(), 'offprint-sample-'));
  writeFileSync(join(sample, 'main.js'), '');
  mkdirSync(resources, { recursive: true });
  await createPackage(sample, join(resources, 'default_app.asar'));
  rmSync(sample, { recursive: true });
}

/** A program file for Windows without any code, the fuses in a section of data, version information in one language. */
export function windowsProgram(): Buffer {
  const program = NtExecutable.createEmpty();
  const data = new ArrayBuffer(512);
  new Uint8Array(data).set(fuses);
  program.setSectionByEntry(Format.ImageDirectoryEntry.Debug, {
    info: {
      name: '.rdata',
      virtualSize: data.byteLength,
      virtualAddress: 0x1000,
      sizeOfRawData: data.byteLength,
      pointerToRawData: 0,
      pointerToRelocations: 0,
      pointerToLineNumbers: 0,
      numberOfRelocations: 0,
      numberOfLineNumbers: 0,
      characteristics: 0x40000040,
    },
    data,
  });
  const resources = NtExecutableResource.from(program);
  const version = Resource.VersionInfo.createEmpty();
  version.lang = 1033;
  version.setFileVersion('45.4.1', 1033);
  version.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'Electron', CompanyName: 'Electron' });
  version.outputToResourceEntries(resources.entries);
  resources.outputResource(program);
  return Buffer.from(program.generate());
}

async function standInApp(contents: string): Promise<void> {
  const framework = join(contents, 'Frameworks', 'Electron Framework.framework');
  for (const each of [join(contents, 'MacOS'), join(framework, 'Versions', 'A', 'Resources')]) {
    mkdirSync(each, { recursive: true });
  }
  writeFileSync(join(contents, 'MacOS', 'Electron'), 'stand-in', { mode: 0o755 });
  writeFileSync(join(framework, 'Electron Framework'), fuses);
  await ownArchive(join(contents, 'Resources'));
  writeFileSync(join(contents, 'Resources', 'electron.icns'), 'stand-in');
  mkdirSync(join(contents, 'Resources', 'de.lproj'));
  writeFileSync(join(contents, 'Resources', 'de.lproj', 'locale.pak'), 'de');
  writeFileSync(
    join(contents, 'Info.plist'),
    plist({
      CFBundleExecutable: 'Electron',
      CFBundleIconFile: 'electron.icns',
      CFBundleIdentifier: 'com.github.Electron',
      CFBundlePackageType: 'APPL',
      LSMinimumSystemVersion: electronsOwn.minimumSystem,
      ...Object.fromEntries(electronsOwn.reasons.map((name) => [name, 'This app needs access'])),
    }),
  );
  for (const kind of ['', ' (GPU)', ' (Plugin)', ' (Renderer)']) {
    const name = `Electron Helper${kind}`;
    const helper = join(contents, 'Frameworks', `${name}.app`, 'Contents');
    mkdirSync(join(helper, 'MacOS'), { recursive: true });
    writeFileSync(join(helper, 'MacOS', name), 'stand-in', { mode: 0o755 });
    writeFileSync(join(helper, 'Info.plist'), plist({ CFBundleExecutable: name, CFBundleIdentifier: 'com.github.x' }));
  }
}

function plist(values: Record<string, string>): string {
  const pairs = Object.entries(values).map(([key, value]) => `<key>${key}</key><string>${value}</string>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict>${pairs.join('')}</dict></plist>\n`;
}
