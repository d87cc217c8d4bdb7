// npm run notices: writes THIRD-PARTY-NOTICES.md from what the last build bundled.
import { globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { licenceText } from './licence-texts.ts';

const root = dirname(import.meta.dirname);

/** The notices that are shipped. */
export const noticesFile = join(import.meta.dirname, 'THIRD-PARTY-NOTICES.md');

const bundledPackages = z.array(
  z.object({ name: z.string(), version: z.string(), identifier: z.string(), text: z.string().min(1).optional() }),
);

const packageSchema = z.object({ version: z.string(), license: z.string() });

const authorSchema = z.object({
  author: z.union([z.string(), z.object({ name: z.string() }).transform((of) => of.name)]),
});

/** A package of which something is bundled, with its licence: the SPDX identifier and the text. */
export type BundledPackage = Omit<z.infer<typeof bundledPackages>[number], 'text'> & { text: string };

const introduction = `# Third-party notices

Offprint itself is under the MIT licence (see LICENSE). What is shipped holds the following software and fonts of
others. The desktop program also holds Electron and Chromium, whose licences lie beside the program as
\`LICENSE.electron.txt\` and \`LICENSES.chromium.html\`.
`;

/** What is bundled and is no package: the page beside it says whose it is. */
const stylesNotice = `
## Styles of citations

CC-BY-SA-3.0

${readFileSync(join(import.meta.dirname, 'citation-styles/README.md'), 'utf8')
  .replace(/^# .*\n\n/, '')
  .trim()}
`;

/**
 * The notices as text: every package once per version, by name.
 * @param packages what is bundled; the same package may come several times
 */
export function noticesFor(packages: readonly BundledPackage[]): string {
  const byName = new Map(packages.map((each) => [`${each.name} ${each.version}`, each]));
  const sorted = [...byName].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const sections = sorted.map(([name, { identifier, text }]) => {
    const lines = text.replaceAll('\r\n', '\n').trim().split('\n');
    const plain = lines.map((line) => line.trimEnd()).join('\n');
    return `\n## ${name}\n\n${identifier}\n\n\`\`\`text\n${plain}\n\`\`\`\n`;
  });
  return introduction + sections.join('') + stylesNotice;
}

/**
 * What the last build bundled.
 * @throws when nothing is built, or a package came without its licence
 */
export function packagesOfBuild(): BundledPackage[] {
  const folder = join(root, 'out/licences');
  const bundled = readdirSync(folder).flatMap((file) => readPackages(join(folder, file)));
  return [...bundled, ...packagesOfStyles()];
}

function readPackages(path: string): BundledPackage[] {
  const parsed = bundledPackages.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new Error(`${path}: ${z.prettifyError(parsed.error)}`);
  return parsed.data.map((each) => ({ ...each, text: each.text ?? textFor(each) }));
}

/** The text of a licence that a package names and does not bring. */
function textFor({ name, identifier }: Pick<BundledPackage, 'name' | 'identifier'>): string {
  const about = readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8');
  return licenceText(identifier, authorSchema.parse(JSON.parse(about)).author);
}

/** The packages that style sheets import or take files of, which are the fonts: the build does not list these. */
function packagesOfStyles(): BundledPackage[] {
  const styles = globSync('renderer/**/*.css', { cwd: root }).map((path) => readFileSync(join(root, path), 'utf8'));
  const imports = styles.flatMap((text) => [...text.matchAll(/(?:@import\s+|url\()["']((?:@[\w-]+\/)?[\w-]+)\//g)]);
  const names = new Set(imports.map((match) => match[1] ?? ''));
  return [...names].map((name) => {
    const folder = join(root, 'node_modules', name);
    const { version, license } = packageSchema.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
    return { name, version, identifier: license, text: readFileSync(join(folder, 'LICENSE'), 'utf8') };
  });
}

if (import.meta.main) writeFileSync(noticesFile, noticesFor(packagesOfBuild()));
