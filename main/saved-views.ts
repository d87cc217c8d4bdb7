import type { Handlers } from '../shared/contract.ts';
import { OffprintError } from '../shared/outcome.ts';
import type { SavedView } from '../shared/views.ts';
import type { Deed } from './store/step.ts';

/** The calls that change saved views. */
export type ViewHandlers = Pick<Handlers, 'views.save' | 'views.remove' | 'views.order'>;

/** Views that there can be: a change of the papers counts each of them anew. */
export const mostViews = 200;

/** What saved views are kept in. */
export interface ViewParts {
  /** The saved views as they are now, in their order. */
  views(): readonly SavedView[];
  /** Makes one step that Undo takes back. */
  do(deed: Deed): Promise<unknown>;
}

/** Saves, removes and orders the reader's own views. */
export function viewHandlers(parts: ViewParts): ViewHandlers {
  const find = (id: string) => {
    const view = parts.views().find((each) => each.id === id);
    if (!view) throw new OffprintError('not-found', 'This view is not there any more. Nothing was changed.');
    return view;
  };
  return {
    'views.save': async ({ id, ...content }) => {
      const views = parts.views();
      if (id === null) {
        if (views.length >= mostViews) {
          throw new OffprintError('refused', `There are ${views.length} views already. Remove one first.`);
        }
        const added: SavedView = { id: `view:${crypto.randomUUID()}`, ...content };
        await parts.do({ label: `Saved the view “${added.name}”`, views: [...views, added] });
        return added;
      }
      const before = find(id);
      const changed: SavedView = { id, ...content };
      await parts.do({
        label: changeLabel(before, changed),
        views: views.map((view) => (view.id === id ? changed : view)),
      });
      return changed;
    },
    'views.remove': async ({ id }) => {
      const gone = find(id);
      const views = parts.views().filter((view) => view.id !== id);
      await parts.do({ label: `Removed the view “${gone.name}”`, views });
      return {};
    },
    'views.order': async ({ ids }) => {
      const views = parts.views();
      const first = [...new Set(ids)].flatMap((id) => views.find((view) => view.id === id) ?? []);
      const ordered = [...first, ...views.filter((view) => !first.includes(view))];
      if (ordered.some((view, at) => view !== views[at])) {
        await parts.do({ label: 'Put the views in another order', views: ordered });
      }
      return {};
    },
  };
}

function changeLabel(before: SavedView, after: SavedView): string {
  if (before.name === after.name) return `Changed the view “${after.name}”`;
  return `Renamed the view “${before.name}” to “${after.name}”`;
}
