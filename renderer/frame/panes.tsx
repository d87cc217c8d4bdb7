import type { ReactNode } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { useApp, useSession } from './session-context.ts';
import { useLayout } from './use-layout.ts';
import { ViewsDrawer } from './views-drawer.tsx';
import './panes.css';

interface PanesProps {
  views: ReactNode;
  list: ReactNode;
  reader: ReactNode;
}

/**
 * The three panes side by side, or as many of them as there is room for. The views keep their
 * width in pixels, the reader its part of the window.
 */
export function Panes({ views, list, reader }: PanesProps) {
  const { session } = useSession();
  const layout = useLayout();
  const panes = useApp((state) => state.settings.panes);
  const covering = useApp((state) => state.covering);
  const drawer = useApp((state) => state.drawer);
  const focusMode = useApp((state) => state.focusMode);
  const showViews = layout !== 'slim' && !panes.viewsCollapsed;
  const showList = layout === 'wide' || !covering;
  const showReader = focusMode || (layout === 'wide' ? !panes.readerCollapsed : covering);

  return (
    // The other panes stay as they are under a paper that is shown alone, unseen and out of reach.
    <main className="pane-content" data-alone={focusMode}>
      <h1 className="unseen">Offprint</h1>
      <Group
        className="panes"
        orientation="horizontal"
        onLayoutChanged={(sizes, { isUserInteraction }) => {
          if (!isUserInteraction) return;
          const width = document.getElementById('views')?.getBoundingClientRect().width;
          const reading = layout === 'wide' ? sizes['reader'] : undefined;
          const { panes: now } = session.store.get().settings;
          session.settings.change({
            panes: {
              ...now,
              ...(width !== undefined && { views: Math.round(width) }),
              ...(reading !== undefined && { reader: Math.round(reading * 10) / 10 }),
            },
          });
        }}
      >
        {showViews && (
          <>
            <Panel
              id="views"
              data-pane="views"
              defaultSize={panes.views}
              minSize={140}
              maxSize={360}
              groupResizeBehavior="preserve-pixel-size"
            >
              {views}
            </Panel>
            <Separator className="splitter" aria-label="Width of the views" />
          </>
        )}
        {showList && (
          <Panel id="list" data-pane="list" minSize={280}>
            <section className="pane-content" aria-label="List">
              {list}
            </section>
          </Panel>
        )}
        {showList && showReader && <Separator className="splitter" aria-label="Width of the reader" />}
        {showReader && (
          <Panel id="reader" data-pane="reader" minSize={320} {...(showList && { defaultSize: `${panes.reader}%` })}>
            <section className="pane-content reader-pane" aria-label="Paper">
              {reader}
            </section>
          </Panel>
        )}
      </Group>
      {layout === 'slim' && drawer && (
        <ViewsDrawer onClose={() => session.store.set({ drawer: false })}>{views}</ViewsDrawer>
      )}
    </main>
  );
}
