import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const path = join(import.meta.dirname, 'installer.nsh');
const script = readFileSync(path, 'utf8');
const hasMakensis = spawnSync('makensis', ['-VERSION'], { stdio: 'ignore' }).error === undefined;

/** The lines of a macro. */
function macro(name: string): string[] {
  const body = new RegExp(`!macro ${name}\\b.*\\n([\\s\\S]*?)!macroend`).exec(script)?.[1] ?? '';
  return body.split('\n').map((line) => line.trim());
}

/** What is written or deleted in the registry: how, the key, and the value's name where one is named. */
function registry(lines: readonly string[]): string[][] {
  return lines.flatMap((line) => {
    const found = /^(WriteReg\w+|DeleteReg\w+) SHELL_CONTEXT "([^"]*)"(?: "([^"]*)")?/.exec(line);
    return found ? [found.slice(1).filter((part) => part !== undefined)] : [];
  });
}

/** With the classes written out, which a macro of their own writes. */
const installed = macro('customInstall').flatMap((line) => {
  const name = /^!insertmacro offprintClass "([^"]*)"/.exec(line)?.[1];
  return name === undefined ? [line] : macro('offprintClass').map((each) => each.replace(/\$\{NAME\}/g, name));
});

describe('what the Windows installer adds', () => {
  test('offers itself for .bib and .ris, and takes over nothing but its own', () => {
    const defaults = registry(installed).filter(([how, , name]) => how === 'WriteRegStr' && name === '');
    const ours = /^Software\\Classes\\(?:\.offprint|offprint|Offprint\.(?:Backup|BibTeX|RIS))(?:\\|$)/;
    for (const [, key] of defaults) expect(key).toMatch(ours);
    for (const ending of ['bib', 'ris', 'offprint']) {
      expect(
        registry(installed).filter(([, key]) => key === `Software\\Classes\\.${ending}\\OpenWithProgids`),
      ).toHaveLength(1);
    }
  });

  test('is of the user alone: nothing is written for the machine', () => {
    expect(script).not.toMatch(/HKLM|HKCR|HKEY_/);
    expect(script.match(/Reg(?:Str|None|Key|Value) (?!SHELL_CONTEXT)/g)).toBeNull();
  });

  test('opens links and files so that none is taken for a switch', () => {
    const [command, ...others] = script.match(/'"\$INSTDIR.*'/g) ?? [];
    expect(command).toMatch(/^'"\$INSTDIR\\\$\{APP_EXECUTABLE_FILENAME\}" -- "%1"'$/);
    expect(others).toEqual([]);
    expect(registry(installed)).toContainEqual(['WriteRegStr', 'Software\\Classes\\offprint', 'URL Protocol']);
  });

  test('goes with the program, all of it', () => {
    const removed = registry(macro('customUnInstall'));
    const keys = removed.flatMap(([how, key = '']) => (how === 'DeleteRegKey' ? [key] : []));
    const isRemoved = ([, key = '', name]: string[]) =>
      keys.some((each) => key === each || key.startsWith(`${each}\\`)) ||
      removed.some(([how, other, value]) => how === 'DeleteRegValue' && other === key && value === name);
    expect(registry(installed).length).toBeGreaterThan(20);
    expect(registry(installed).filter((each) => !isRemoved(each))).toEqual([]);
  });

  test.skipIf(!hasMakensis)('makensis compiles it without a warning', () => {
    const folder = mkdtempSync(join(tmpdir(), 'offprint-nsis-'));
    const around = `Unicode true
!include LogicLib.nsh
!define APP_EXECUTABLE_FILENAME "Offprint.exe"
!define PRODUCT_NAME "Offprint"
!define APP_DESCRIPTION "A reading list"
!define isUpdated \`"" == "1"\`
!include "${path}"
Name Offprint
OutFile "${join(folder, 'offprint-check.exe')}"
Section
  WriteUninstaller "$INSTDIR\\uninstall.exe"
  !insertmacro customInstall
SectionEnd
Section Uninstall
  !insertmacro customUnInstall
SectionEnd
`;
    writeFileSync(join(folder, 'around.nsi'), around);
    const { stdout, stderr, status } = spawnSync('makensis', ['-WX', '-V2', join(folder, 'around.nsi')], {
      encoding: 'utf8',
    });
    expect([status, stdout, stderr]).toEqual([0, '', '']);
    expect(existsSync(join(folder, 'offprint-check.exe'))).toBe(true);
    rmSync(folder, { recursive: true });
  });
});
