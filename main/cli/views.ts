import { OffprintError } from '../../shared/outcome.ts';
import type { Sort } from '../../shared/settings.ts';
import { builtInViews, queryOfView, type SavedView } from '../../shared/views.ts';
import { type ListOptions, listPapers, openResult } from './papers.ts';
import { safeLine } from './safe-text.ts';
import type { CommonOptions, ExitCode, JsonOptions, Session } from './session.ts';

/** Options of `view save`. */
export interface SaveViewOptions extends CommonOptions {
  icon?: SavedView['icon'];
  sort?: Sort;
}

/** Prints the built-in views and the saved ones, with how many papers each holds. */
export async function listViews(session: Session, options: JsonOptions): Promise<ExitCode> {
  const { client, terminal } = session;
  const { counts, views } = await client.call('library.state', {});
  const builtIn = builtInViews.map(({ id, label, query }) => ({ id, name: label, query, count: counts[id] }));
  const saved = [];
  for (const view of views)
    saved.push({ ...view, count: view.count ?? (await openResult(session, view.id, '')).total });
  const all = [...builtIn, ...saved];
  if (options.json) {
    terminal.out(`${JSON.stringify({ views: all })}\n`);
    return 0;
  }
  const widest = Math.max(...all.map(({ count }) => String(count).length));
  for (const { name, query, count } of all) {
    terminal.out(`${String(count).padStart(widest)}  ${safeLine(name)}${query === '' ? '' : `  ${safeLine(query)}`}\n`);
  }
  return 0;
}

/** Prints the papers of a view. */
export async function listView(session: Session, name: string, options: ListOptions): Promise<ExitCode> {
  const { views } = await session.client.call('library.state', {});
  const exact = savedNamed(views, name, (other) => other);
  const builtIn = builtInViews.find(({ id, label }) => [id, sameCase(label)].includes(sameCase(name)));
  const own = exact ?? (builtIn ? null : savedNamed(views, name, sameCase));
  const id = own?.id ?? builtIn?.id ?? name;
  if (queryOfView(id, views) === null) throw unknownView(name);
  const sort = options.sort ?? views.find((view) => view.id === id)?.sort ?? [];
  return listPapers(session, id, '', { ...options, sort });
}

/** Saves a query as a view. A saved view that has the name already becomes this one. */
export async function saveView(
  session: Session,
  name: string,
  query: string,
  { icon, sort }: SaveViewOptions,
): Promise<ExitCode> {
  const { client, terminal } = session;
  const { views } = await client.call('library.state', {});
  const before = savedNamed(views, name, (other) => other);
  const view = await client.call('views.save', {
    id: before?.id ?? null,
    name,
    icon: icon ?? before?.icon ?? 'search',
    query,
    sort: sort ?? before?.sort ?? null,
    columns: before?.columns ?? null,
  });
  const { total } = await openResult(session, view.id, '');
  const papers = total === 1 ? '1 paper' : `${total} papers`;
  terminal.out(`${before ? 'Changed' : 'Saved'} the view ${safeLine(view.name)}: ${papers}.\n`);
  return 0;
}

/** Removes a saved view; its papers stay. */
export async function removeView({ client, terminal }: Session, name: string): Promise<ExitCode> {
  const { views } = await client.call('library.state', {});
  const view = savedNamed(views, name, (other) => other) ?? savedNamed(views, name, sameCase);
  if (!view) throw unknownView(name);
  await client.call('views.remove', { id: view.id });
  terminal.out(`Removed the view ${safeLine(view.name)}.\n`);
  return 0;
}

function sameCase(name: string): string {
  return name.toLowerCase();
}

/** The saved view of a name, or of this id. Throws when several have the name. */
function savedNamed(views: readonly SavedView[], name: string, form: (name: string) => string): SavedView | null {
  const [first, ...others] = views.filter((view) => view.id === name || form(view.name) === form(name.trim()));
  if (first && others.length > 0) {
    const ids = [first, ...others].map(({ id }) => id).join(', ');
    throw new OffprintError('bad-input', `Several views are called “${name}”. Name one by its id: ${ids}.`);
  }
  return first ?? null;
}

function unknownView(name: string): OffprintError {
  return new OffprintError('not-found', `There is no view “${name}”; \`offprint views\` lists them.`);
}
