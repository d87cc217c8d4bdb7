// npm run bill-of-materials: prints what is in the program, for those who must know (CycloneDX 1.5, JSON).
import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { packagesOfBuild } from './notices.ts';

const component = z.looseObject({ 'bom-ref': z.string(), name: z.string(), version: z.string() });

const billSchema = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.looseObject({ component }),
  components: z.array(component),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()).optional() })).optional(),
});

/** A bill of materials in the CycloneDX format, https://cyclonedx.org/specification/overview/, as far as is looked at here. */
export type Bill = z.infer<typeof billSchema>;

/**
 * The bill of the program, out of that of the project: only what is shipped is in it, and the program is called
 * by its name.
 * @param project what `npm sbom --sbom-format cyclonedx` prints, parsed
 * @param shipped the packages of which something is shipped
 * @throws when one of these is not in the project's bill, for then the bill would not be whole
 */
export function billOf(project: unknown, shipped: readonly { name: string; version: string }[]): Bill {
  const bill = billSchema.parse(project);
  const wanted = new Set(shipped.map(({ name, version }) => `${name}@${version}`));
  const components = bill.components.filter((each) => wanted.has(`${each.name}@${each.version}`));
  const found = new Set(components.map((each) => `${each.name}@${each.version}`));
  const missing = [...wanted].filter((each) => !found.has(each));
  if (missing.length > 0) throw new Error(`npm does not know of ${missing.join(', ')}, which the program holds`);
  const program = bill.metadata.component;
  const refs = new Set([program['bom-ref'], ...components.map((each) => each['bom-ref'])]);
  return {
    ...bill,
    metadata: { ...bill.metadata, component: { ...program, name: 'offprint', type: 'application' } },
    components: components.map((each) => shippedComponent(each)),
    dependencies: (bill.dependencies ?? [])
      .filter(({ ref }) => refs.has(ref))
      .map(({ ref, dependsOn = [] }) => ({
        ref,
        // Everything is bundled, so whatever nothing else brings in, the program itself does.
        dependsOn: ref === program['bom-ref'] ? [...refs].slice(1) : dependsOn.filter((each) => refs.has(each)),
      })),
  };
}

/** A development dependency of the project may be a part of the program: all of it is bundled. */
function shippedComponent(each: Bill['components'][number]): Bill['components'][number] {
  const properties = z
    .array(z.looseObject({ name: z.string() }))
    .catch([])
    .parse(each['properties']);
  return {
    ...each,
    scope: 'required',
    properties: properties.filter(({ name }) => name !== 'cdx:npm:package:development'),
  };
}

/**
 * The bill of the program as it was last built, the Electron runtime included.
 * @throws when nothing is built, or npm cannot say what is installed
 */
export async function billOfBuild(): Promise<Bill> {
  const root = dirname(import.meta.dirname);
  const args = ['sbom', '--sbom-format', 'cyclonedx'];
  const { stdout } = await promisify(execFile)('npm', args, {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  const project: unknown = JSON.parse(stdout);
  const electron = billSchema.parse(project).components.filter(({ name }) => name === 'electron');
  return billOf(project, [...packagesOfBuild(), ...electron]);
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await billOfBuild(), null, 2)}\n`);
