import { cpSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyDamage, type DamageFixture, makeDamageFixture, quickFiles } from './damage-testing.ts';
import { type Fault, faultyFiles, openReader } from './store-testing.ts';

// Opening what a crash has left, while the system refuses one thing or many.

let fixture: DamageFixture;

beforeAll(async () => {
  fixture = await makeDamageFixture();
});
afterAll(() => rm(fixture.folder, { recursive: true, force: true }));

const codes = ['ENOSPC', 'EIO', 'EACCES', 'EROFS', 'EMFILE', 'EBUSY'] as const;

function copy(isDamaged: boolean): string {
  const folder = join(fixture.folder, 'copy');
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(fixture.folder, 'crashed'), folder, { recursive: true });
  if (isDamaged) applyDamage(join(folder, 'library.json'), 'garbled');
  return folder;
}

async function notes(folder: string): Promise<Record<string, string | undefined>> {
  const { store } = await openReader(folder, quickFiles());
  expect(store.readOnly).toBeNull();
  const found = Object.fromEntries(Array.from(store.records, ([id, { note }]) => [id, note]));
  await store.close();
  return found;
}

test.each([
  ['a whole folder', false],
  ['a folder with a damaged library file', true],
])('%s: at every refusal it opens; it shows all or nothing; afterwards all is there', async (_, isDamaged) => {
  const whole = await notes(copy(isDamaged));
  const { files, done } = faultyFiles(() => null);
  const { store } = await openReader(copy(isDamaged), files);
  const operations = done.length;
  await store.close();
  const faults = Array.from({ length: operations }, (_, at) => codes.map((code) => ({ at, code }))).flat();
  const step = Math.max(1, Math.floor(faults.length / Number(process.env['RUNS'] ?? 60)) | 1);
  for (let which = 0; which < faults.length; which += step) {
    for (const more of [0, Number.POSITIVE_INFINITY]) {
      const { at, code } = faults[which] ?? { at: 0, code: 'EIO' };
      const folder = copy(isDamaged);
      let fault: Fault | null = { at, code, more };
      const reader = await openReader(folder, faultyFiles(() => fault).files);
      const title = `${code} at ${at}${more === 0 ? '' : ' and after'}`;
      const found = Object.fromEntries(Array.from(reader.store.records, ([id, { note }]) => [id, note]));
      const { readOnly } = reader.store;
      const isNothing = readOnly !== null && reader.store.records.size === 0;
      expect([title, found]).toEqual([title, isNothing ? {} : whole]);
      if (isNothing) expect(readOnly).toMatch(/could not be read: .*marks and notes are not shown/);
      fault = null;
      if (readOnly === null) {
        await reader.marks.mark([{ id: 'arxiv:1', markedAs: [] }], { starred: true });
        expect(reader.store.record('arxiv:1')?.starred).toBe(true);
      }
      await reader.store.close();
      expect([title, await notes(folder)]).toEqual([title, whole]);
    }
  }
});
