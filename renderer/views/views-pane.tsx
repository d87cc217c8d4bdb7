import { type ReactNode, useId, useMemo, useState } from 'react';
import { type BuiltInViewId, builtInViews } from '../../shared/views.ts';
import { withKey } from '../frame/key-hint.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { AllIcon, DuplicatesIcon, MoreIcon, NoteIcon, SourceIcon, StarIcon, StatusIcon } from '../icons/icons.tsx';
import { shortDate } from '../list/dates.ts';
import { tagTree, visibleTags } from '../tags/tag-tree.ts';
import { ViewLineMenu } from './line-menu.tsx';
import { Options } from './options.tsx';
import { SavedViewsList } from './saved-views-list.tsx';
import { TagsList } from './tags-list.tsx';
import { UpdateLine } from './update-line.tsx';
import { useKeptFocus } from './use-kept-focus.ts';
import { useViewKeys } from './use-view-keys.ts';
import { type LineMenu, ViewLine } from './view-line.tsx';
import './views.css';

const icons: Record<BuiltInViewId, ReactNode> = {
  inbox: <StatusIcon status="unread" />,
  queued: <StatusIcon status="queued" />,
  reading: <StatusIcon status="reading" />,
  read: <StatusIcon status="read" />,
  skipped: <StatusIcon status="skipped" />,
  starred: <StarIcon filled />,
  notes: <NoteIcon />,
  all: <AllIcon />,
};
const sourceIcon = <SourceIcon />;

/** Every view with its count. The keys go through them as through one list; see `useViewKeys`. */
export function ViewsPane() {
  const { session, run } = useSession();
  const library = useApp((state) => state.library);
  const current = useApp((state) => state.settings.view);
  const foldedTags = useApp((state) => state.settings.foldedTags);
  const folded = useMemo(() => new Set(foldedTags), [foldedTags]);
  const tags = library?.tags;
  const roots = useMemo(() => tagTree(tags ?? []), [tags]);
  const visible = useMemo(
    () => new Set(visibleTags(roots, folded).map(({ node }) => `tag:${node.name}`)),
    [roots, folded],
  );
  const menuId = useId();
  const [menuOf, setMenuOf] = useState<string | null>(null);
  const menu = useMemo((): LineMenu => ({ id: menuId, onOpen: setMenuOf }), [menuId]);
  const onKeyDown = useViewKeys(folded, roots);
  const keptFocus = useKeptFocus(library, current);
  if (!library) return <div className="views" />;
  const now = Date.now();
  const reachable = reachableLine(current, visible, library.views, library.sources);

  return (
    <div className="views">
      <p className="wordmark">Offprint</p>
      <nav className="views-list" aria-label="Views" onKeyDown={onKeyDown} ref={keptFocus}>
        <ul aria-label="Reading">
          {builtInViews.map(({ id, label }) => (
            <li key={id}>
              <ViewLine
                {...{ id, label, icon: icons[id], count: library.counts[id] }}
                current={id === current}
                reachable={id === reachable}
              />
            </li>
          ))}
        </ul>
        {library.views.length > 0 && (
          <>
            <h2 id="views-saved">Saved views</h2>
            <SavedViewsList {...{ views: library.views, current, reachable, menu }} />
          </>
        )}
        {roots.length > 0 && (
          <>
            <div className="views-heading">
              <h2 id="views-tags">Tags</h2>
              <button
                type="button"
                className="icon-button"
                aria-label="Manage tags"
                title={withKey('Manage tags', 'manageTags')}
                onClick={() => run('manageTags')}
              >
                <MoreIcon />
              </button>
            </div>
            <TagsList nodes={roots} labelledBy="views-tags" {...{ folded, current, reachable, menu }} />
          </>
        )}
        {library.sources.length > 0 && (
          <>
            <h2 id="views-sources">Sources</h2>
            <ul aria-labelledby="views-sources">
              {library.sources.map(({ id, name, count, importedAt }) => (
                <li key={id}>
                  <ViewLine
                    {...{ id: `source:${id}`, label: name, icon: sourceIcon, count }}
                    current={`source:${id}` === current}
                    reachable={`source:${id}` === reachable}
                    title={`${name}, imported ${shortDate(importedAt, now)}`}
                  />
                </li>
              ))}
            </ul>
          </>
        )}
      </nav>
      <ViewLineMenu id={menuId} view={menuOf} />
      {library.duplicates > 0 && (
        <button
          type="button"
          className="view duplicates-found"
          title={withKey('Compare papers that may be the same', 'findDuplicates')}
          onClick={() => session.dialog({ kind: 'duplicates' })}
        >
          <DuplicatesIcon />
          <span className="clip">Possible duplicates</span>
          <span className="count">{library.duplicates.toLocaleString()}</span>
        </button>
      )}
      <UpdateLine />
      <footer className="views-foot">
        <span className="count">{library.counts.inbox.toLocaleString()} unread</span>
        <Options />
      </footer>
    </div>
  );
}

/** The line that Tab goes to: the current view's, the tag that it is folded away in, or the first one. */
function reachableLine(
  current: string,
  visibleTagViews: ReadonlySet<string>,
  views: readonly { id: string }[],
  sources: readonly { id: number }[],
): string {
  if (builtInViews.some(({ id }) => id === current) || views.some(({ id }) => id === current)) return current;
  if (sources.some(({ id }) => `source:${id}` === current)) return current;
  for (let id = current; id.startsWith('tag:'); id = id.slice(0, Math.max(id.lastIndexOf('/'), 0))) {
    if (visibleTagViews.has(id)) return id;
  }
  return builtInViews[0].id;
}
