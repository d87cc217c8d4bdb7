import { expect, test } from 'vitest';
import { billOf, billOfBuild } from './bill-of-materials.ts';
import { packagesOfBuild } from './notices.ts';

const component = (name: string, more: object = {}) => ({
  'bom-ref': `${name}@1.0.0`,
  name,
  version: '1.0.0',
  ...more,
});

const project = {
  bomFormat: 'CycloneDX',
  metadata: { component: component('folder') },
  components: [
    component('a', { properties: [{ name: 'cdx:npm:package:development', value: 'true' }], licenses: [] }),
    component('b'),
    component('tests'),
  ],
  dependencies: [
    { ref: 'folder@1.0.0', dependsOn: ['a@1.0.0', 'tests@1.0.0'] },
    { ref: 'a@1.0.0', dependsOn: ['b@1.0.0', 'tests@1.0.0'] },
    { ref: 'b@1.0.0' },
    { ref: 'tests@1.0.0', dependsOn: ['a@1.0.0'] },
  ],
};

const shipped = (...names: string[]) => names.map((name) => ({ name, version: '1.0.0' }));

test('holds what is shipped and nothing of the tools', () => {
  const bill = billOf(project, shipped('a', 'b'));
  expect(bill.metadata.component).toMatchObject({ name: 'offprint', type: 'application' });
  expect(bill.components.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(bill.components[0]).toMatchObject({ scope: 'required', properties: [], licenses: [] });
  expect(bill.dependencies).toEqual([
    { ref: 'folder@1.0.0', dependsOn: ['a@1.0.0', 'b@1.0.0'] },
    { ref: 'a@1.0.0', dependsOn: ['b@1.0.0'] },
    { ref: 'b@1.0.0', dependsOn: [] },
  ]);
});

test('a bill that would not be whole is none', () => {
  expect(() => billOf(project, shipped('a', 'c'))).toThrow('c@1.0.0');
  expect(() => billOf(project, [{ name: 'a', version: '2.0.0' }])).toThrow('a@2.0.0');
  expect(() => billOf({ ...project, bomFormat: 'SPDX' }, [])).toThrow();
});

test('that of the build names every package of the notices and Electron, with licence and checksum', async () => {
  const { components } = await billOfBuild();
  const names = components.map(({ name }) => name);
  for (const { name } of packagesOfBuild()) expect(names).toContain(name);
  expect(names).toContain('electron');
  for (const name of ['vitest', 'vite', '@biomejs/biome', 'electron-builder']) expect(names).not.toContain(name);
  for (const each of components) {
    expect(each, each.name).toMatchObject({
      purl: expect.stringContaining(`@${each.version}`),
      licenses: [{}],
      hashes: [{ alg: 'SHA-512' }],
    });
  }
});
