import { useEffect, useState } from 'react';
import { failureOf } from '../../shared/outcome.ts';
import type { PaperId } from '../../shared/paper.ts';
import { useSession } from '../frame/session-context.ts';

/** A past version of a note, whole. */
export interface NoteText {
  /** Null while it is awaited. */
  text: string | null;
  /** Why it could not be read. */
  failure: string | null;
  /** Resolves with the text once it is there, or with null when it could not be read. */
  whole(): Promise<string | null>;
}

interface Reading {
  whole: Promise<string | null>;
  text: string | null;
  failure: string | null;
}

/**
 * Reads a past version of a note, each of them once.
 * @param which null while none is chosen
 */
export function useNoteText(which: { id: PaperId; version: string } | null): NoteText {
  const { session } = useSession();
  const [readings] = useState(() => new Map<string, Reading>());
  const [, setRead] = useState(0);
  const key = which && `${which.id} ${which.version}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says which it is
  useEffect(() => {
    if (!which || key === null || readings.has(key)) return;
    const version = { id: which.id, version: which.version };
    const read = async () => {
      try {
        reading.text = (await session.client.call('notes.version', version)).text;
      } catch (error) {
        reading.failure = failureOf(error).message;
      }
      setRead((count) => count + 1);
      return reading.text;
    };
    const reading: Reading = { whole: Promise.resolve(null), text: null, failure: null };
    reading.whole = read();
    readings.set(key, reading);
  }, [session, key]);

  const reading = key === null ? undefined : readings.get(key);
  return {
    text: reading?.text ?? null,
    failure: reading?.failure ?? null,
    whole: async () => (key === null ? null : ((await readings.get(key)?.whole) ?? null)),
  };
}
