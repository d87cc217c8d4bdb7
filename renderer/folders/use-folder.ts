import { useState } from 'react';
import { folderProblem } from './folders.ts';

/** The folder that a form asks for, as it is typed, and what is wrong with it. */
export interface TypedFolder {
  folder: string;
  setFolder(folder: string): void;
  /** What is wrong with it; null when nothing is known to be. */
  problem: string | null;
  setProblem(problem: string | null): void;
  /** The folder as it is meant; null when it cannot be one, and `problem` then says why. */
  checked(): string | null;
}

/**
 * Keeps the folder that a form asks for.
 * @param first what stands in its field at first
 */
export function useFolder(first: string): TypedFolder {
  const [folder, setFolder] = useState(first);
  const [problem, setProblem] = useState<string | null>(null);

  function checked(): string | null {
    const wanted = folder.trim();
    const found = folderProblem(wanted);
    setProblem(found);
    return found === null ? wanted : null;
  }

  return { folder, setFolder, problem, setProblem, checked };
}
