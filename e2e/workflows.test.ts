import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { convertWorkflowTemplate, ErrorPolicy } from '@actions/workflow-parser/model/convert';
import { expect, test } from 'vitest';

const root = dirname(import.meta.dirname);
const workflows = globSync('.github/workflows/*.{yml,yaml}', { cwd: root }).map((path) => path.replaceAll('\\', '/'));

const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** What GitHub's own parser has against a workflow: its syntax, its keys, and the expressions in it. */
async function complaints(name: string, content: string): Promise<string[]> {
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  if (value === undefined) return context.errors.getErrors().map(String);
  const template = await convertWorkflowTemplate(context, value, undefined, {
    errorPolicy: ErrorPolicy.TryConversion,
  });
  return [...context.errors.getErrors().map(String), ...(template.errors ?? []).map(({ Message }) => Message)];
}

test('there is one for every push and one for releases', () => {
  expect(workflows.toSorted()).toEqual(['.github/workflows/release.yml', '.github/workflows/test.yml']);
});

test.each(workflows)('%s is one that GitHub takes', async (path) => {
  expect(await complaints(path, read(path))).toEqual([]);
});

test.each([
  ['a key that there is not', 'permissions:\n', 'permission:\n'],
  ['a step that does two things', '      - run: npm ci\n', '      - run: npm ci\n        uses: a/b@c\n'],
  ['an expression that does not end', 'runner.os ==', 'runner.os == ('],
  ['a context that there is not', 'github.ref', 'gitub.ref'],
  ['a job that needs none', 'needs: build', 'needs: bild'],
])('the check would find %s', async (_what, from, to) => {
  const content = read('.github/workflows/release.yml');
  expect(content).toContain(from);
  expect(await complaints('release.yml', content.replace(from, to))).not.toEqual([]);
});

test.each(workflows)('%s takes actions by their hash, and names the version beside it', (path) => {
  const used = [...read(path).matchAll(/^\s*-?\s*uses:\s*(.*)$/gm)].map(([, name = '']) => name);
  expect(used.length).toBeGreaterThan(0);
  for (const name of used) expect(name).toMatch(/^\.\/|^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test('the same action is the same one everywhere', () => {
  const used = workflows.flatMap((path) => [...read(path).matchAll(/uses:\s*([\w-]+\/[\w/-]+)@(.*)$/gm)]);
  const versions = new Map<string, Set<string>>();
  for (const [, name = '', at = ''] of used) versions.set(name, (versions.get(name) ?? new Set()).add(at));
  for (const [name, at] of versions) expect([...at], name).toHaveLength(1);
});

test.each(workflows)('%s begins with the right to read and nothing else', (path) => {
  expect(read(path)).toMatch(/^permissions:\n {2}contents: read\n\n/m);
});

test('only the draft of a release may write, and no step leaves the key of the repository behind', () => {
  const all = workflows.map(read).join('\n');
  const writes = [...all.matchAll(/^\s+([\w-]+): write$/gm)].map(([, name]) => name);
  expect(writes).toEqual(['contents', 'id-token', 'attestations']);
  const [beforeDraft = ''] = read('.github/workflows/release.yml').split('\n  draft:\n');
  expect(beforeDraft).not.toMatch(/: write$/m);
  const checkouts = all.split('uses: actions/checkout@').slice(1);
  for (const each of checkouts) expect(each).toMatch(/^.*\n\s+with:\n\s+persist-credentials: false\n/);
});

test('nothing that somebody else may choose is put into a script as text', () => {
  for (const path of workflows) {
    const scripts = read(path)
      .split(/^\s+(?:- )?run: /m)
      .slice(1);
    // Up to the next key of the step or the next step.
    for (const script of scripts) expect(script.split(/\n {6,8}(?:- |\w)/)[0], path).not.toContain('${{');
  }
});

test('every command that a workflow calls is there', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const all = workflows.map(read).join('\n');
  const called = [...all.matchAll(/npm run (?:--silent )?([\w-]+)/g)].map(([, name = '']) => name);
  expect(called.length).toBeGreaterThan(2);
  for (const name of called) expect(scripts).toHaveProperty(name);
  const files = [...all.matchAll(/(?:bash|node) ((?:e2e|main|resources)\/[\w./-]+)/g)].map(([, path = '']) => path);
  for (const path of files) expect(() => read(path), path).not.toThrow();
});

test('xvfb-run finds xauth, which the package of xvfb only recommends', () => {
  const installs = workflows.flatMap((path) => read(path).match(/apt-get install .*/g) ?? []);
  expect(installs.length).toBeGreaterThan(1);
  for (const install of installs) if (install.includes(' xvfb')) expect(install).toContain(' xauth');
});
