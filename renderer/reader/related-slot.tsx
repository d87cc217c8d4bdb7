import { type ComponentType, useEffect, useRef, useState } from 'react';
import type { PaperId } from '../../shared/paper.ts';
import type { RelatedPaper } from '../../shared/related-calls.ts';
import { useApp, useSession } from '../frame/session-context.ts';
import type { RelatedPapersProps } from './related-papers.tsx';

/** How many related papers are asked for. */
const asked = 15;

/** How long a paper must stay before others are looked for, in milliseconds: who goes through a list wants none. */
const settled = 250;

let List: ComponentType<RelatedPapersProps> | null = null;

/**
 * The papers related to the one that is shown, at the end of its page. They are looked for when the paper has been
 * painted and nothing else is to be done, or as soon as the reader asks for them. Where they cannot be had, nothing is
 * shown. It must be another one for another paper: what was found for a paper that has been left is dropped.
 */
export function RelatedSlot({ paperId, title }: { paperId: PaperId; title: string }) {
  const { session, run } = useSession();
  const revision = useApp((state) => state.revision);
  const wanted = useApp((state) => state.relatedAsked);
  const [papers, setPapers] = useState<readonly RelatedPaper[] | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const isAsked = wanted === paperId;
  /** The `revision` that they have been found for. */
  const known = useRef<number | null>(null);

  useEffect(() => {
    if (known.current === revision) return;
    let left = false;
    const load = async () => {
      try {
        const [{ papers: found }, list] = await Promise.all([
          session.client.call('papers.related', { id: paperId, limit: asked }),
          import('./related-papers.tsx'),
        ]);
        List = list.RelatedPapers;
        if (left) return;
        known.current = revision;
        setPapers(found);
      } catch (error) {
        if (left || !isAsked) return;
        session.store.set({ relatedAsked: null });
        session.toasts.fail(error);
      }
    };
    if (isAsked) {
      void load();
      return () => {
        left = true;
      };
    }
    let idle = 0;
    const timer = setTimeout(() => {
      idle = requestIdleCallback(() => void load());
    }, settled);
    return () => {
      left = true;
      clearTimeout(timer);
      cancelIdleCallback(idle);
    };
  }, [session, paperId, revision, isAsked]);

  useEffect(() => {
    const { relatedAsked, currentId } = session.store.get();
    // Who has gone on to another paper since does not want to be taken there.
    const isLeft = relatedAsked !== null && relatedAsked !== currentId;
    if (!isLeft && (!isAsked || papers === null)) return;
    session.store.set({ relatedAsked: null });
    if (isLeft) return;
    const first = place.current?.querySelector<HTMLElement>('.paper-below');
    if (first) first.focus();
    else session.announce('No other paper of the library says the same.');
  }, [session, isAsked, papers]);

  const open = async (to: PaperId) => {
    await session.wayBack.open(to, title);
    run('focusReader');
  };
  return (
    <div className="related-place" ref={place}>
      {papers !== null && List !== null && papers.length > 0 && <List papers={papers} onOpen={(id) => void open(id)} />}
    </div>
  );
}
