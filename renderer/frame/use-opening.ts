import { useEffect } from 'react';
import type { OpeningFrame } from '../state/opening.ts';
import type { Session } from '../state/session.ts';
import { useStore } from '../state/store.ts';

/** Shows what Offprint is asked to open from outside, once there is a list to show it in. */
export function useOpening(session: Session, frame: OpeningFrame): void {
  const ready = useStore(session.store, (state) => state.list.result !== null);
  useEffect(() => {
    if (!ready) return;
    const take = () => void session.opening.take(frame);
    take();
    return session.client.on('opening.waiting', take);
  }, [session, frame, ready]);
}
