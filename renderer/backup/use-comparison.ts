import { useEffect, useState } from 'react';
import { failureOf } from '../../shared/outcome.ts';
import { useApp, useSession } from '../frame/session-context.ts';
import type { Compared } from '../state/keeping.ts';

/** How long typing rests before papers are looked for, in milliseconds. */
const rest = 120;

/** An earlier state beside now, as far as it has been asked for. */
export interface Comparison {
  /** The last answer; null before the first. */
  compared: Compared | null;
  /** Papers that differ, whatever is looked for; null until known. */
  all: number | null;
  /** Why the last question failed. */
  problem: string | null;
}

/**
 * Papers `[offset, offset + limit)` of which an earlier state says something else than the library does now,
 * asked for anew whenever that changes.
 * @param find what their titles or notes must have in them
 */
export function useComparison(id: string, find: string, offset: number, limit: number): Comparison {
  const { session } = useSession();
  const version = useApp((state) => state.library?.version);
  const [compared, setCompared] = useState<Compared | null>(null);
  const [all, setAll] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const wanted = find.trim().slice(0, 1000);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the library says something else after every change
  useEffect(() => {
    let overtaken = false;
    const ask = async () => {
      try {
        const answer = await session.client.call('generations.compare', { id, find: wanted, offset, limit });
        const whole =
          wanted === ''
            ? answer
            : await session.client.call('generations.compare', { id, find: '', offset: 0, limit: 1 });
        if (overtaken) return;
        setCompared(answer);
        setAll(whole.total);
        setProblem(null);
      } catch (error) {
        if (!overtaken) setProblem(failureOf(error).message);
      }
    };
    const timer = setTimeout(() => void ask(), wanted === '' ? 0 : rest);
    return () => {
      overtaken = true;
      clearTimeout(timer);
    };
  }, [session, id, wanted, offset, limit, version]);

  return { compared, all, problem };
}
