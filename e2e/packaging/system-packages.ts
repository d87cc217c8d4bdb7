import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What `fpm` was told to make a package of. */
export interface SystemPackage {
  /** Options that stand once, by their names. */
  options: Record<string, string>;
  /** Options that may stand several times. */
  lists: Record<string, string[]>;
  /** The files, in the places where they are to be. */
  folder: string;
  /** What is run after the files are in place, and after they are gone. */
  scripts: [string, string];
}

/** True when there is such a program on the path. */
export function hasProgram(name: string): boolean {
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;
}

function run(program: string, args: readonly string[]): void {
  const { status, stderr, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program}: ${stderr}${stdout}`);
}

/** Makes a deb by dpkg's own tool, where that is installed. */
export function buildDeb({ options, lists, folder, scripts }: SystemPackage, file: string): void {
  if (!hasProgram('dpkg-deb')) return;
  const staged = mkdtempSync(join(tmpdir(), 'offprint-deb-'));
  cpSync(folder, staged, { recursive: true, verbatimSymlinks: true });
  mkdirSync(join(staged, 'DEBIAN'));
  const control = {
    Package: options['--name'],
    Version: options['--version'],
    License: options['--license'],
    Vendor: options['--vendor'],
    Architecture: options['--architecture'],
    Maintainer: options['--maintainer'],
    Depends: lists['-d']?.join(', '),
    Recommends: lists['--deb-recommends']?.join(', '),
    Section: options['--category'],
    Priority: options['--deb-priority'],
    Homepage: options['--url'],
    Description: options['--description'],
  };
  const lines = Object.entries(control).flatMap(([key, value]) => (value ? [`${key}: ${value}\n`] : []));
  writeFileSync(join(staged, 'DEBIAN/control'), lines.join(''));
  writeFileSync(join(staged, 'DEBIAN/postinst'), scripts[0], { mode: 0o755 });
  writeFileSync(join(staged, 'DEBIAN/postrm'), scripts[1], { mode: 0o755 });
  run('dpkg-deb', ['--root-owner-group', '-Znone', '--build', staged, file]);
  rmSync(staged, { recursive: true });
}

/** Makes an rpm by rpm's own tool, where that is installed. */
export function buildRpm({ options, lists, folder, scripts }: SystemPackage, file: string): void {
  if (!hasProgram('rpmbuild')) return;
  const top = mkdtempSync(join(tmpdir(), 'offprint-rpm-'));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = files.filter((each) => !each.isDirectory());
  const spec = [
    `Name: ${options['--name']}`,
    `Version: ${options['--version']}`,
    'Release: 1',
    `Summary: ${options['--rpm-summary']}`,
    `License: ${options['--license']}`,
    `Vendor: ${options['--vendor']}`,
    `URL: ${options['--url']}`,
    'AutoReqProv: no',
    ...(lists['-d'] ?? []).map((each) => `Requires: ${each}`),
    `%description\n${options['--description']}`,
    `%install\nmkdir -p %{buildroot} && cp -a '${folder}/.' %{buildroot}/`,
    `%post\n${scripts[0]}`,
    `%postun\n${scripts[1]}`,
    '%files\n%defattr(-,root,root,-)',
    ...paths.map(({ parentPath, name }) => `"${join(parentPath, name).slice(folder.length)}"`),
  ].join('\n');
  writeFileSync(join(top, 'offprint.spec'), spec);
  const defines = {
    _topdir: top,
    _binary_payload: 'w0.gzdio',
    __os_install_post: '%{nil}',
    _build_id_links: 'none',
    debug_package: '%{nil}',
  };
  run('rpmbuild', [
    ...['-bb', '--target', options['--architecture'] ?? ''],
    ...Object.entries(defines).flatMap(([key, value]) => ['--define', `${key} ${value}`]),
    join(top, 'offprint.spec'),
  ]);
  const [made] = readdirSync(join(top, 'RPMS'), { recursive: true, encoding: 'utf8' }).filter((each) =>
    each.endsWith('.rpm'),
  );
  copyFileSync(join(top, 'RPMS', made ?? ''), file);
  rmSync(top, { recursive: true });
}
