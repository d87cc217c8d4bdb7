import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type CorpusFindings, checkCorpus } from '../corpus/check-corpus.ts';
import { openToRead } from '../corpus/found-corpus.ts';
import { removeMarks } from '../corpus/marks-database.ts';
import { rebuildCorpus } from '../corpus/rebuild-corpus.ts';
import { amiss, counted, type Finding, fine, type Patient, some } from './finding.ts';

/** Looks at the papers and the files they came from, whole. */
export function lookAtPapers({ folder }: Patient): Promise<CorpusFindings> {
  return checkCorpus(folder, { captures: true });
}

const wrong: Partial<Record<CorpusFindings['state'], string>> = {
  missing: 'is missing',
  damaged: 'is damaged',
  foreign: 'is not a database of Offprint’s',
  behind: 'lacks changes that had been made',
  unfinished: 'is being made anew, and that was cut off',
};

/** Whether the paper database is sound. */
export function checkPapers({ folder, isHeld }: Patient, found: CorpusFindings): Finding {
  const { path, state, details, papers, sources } = found;
  const says = details.length === 0 ? '' : ` (${details.slice(0, 2).join('; ')})`;
  switch (state) {
    case 'none':
      return fine('papers', `There are no papers yet (${path}).`);
    case 'newer':
      return amiss(
        'papers',
        'problem',
        `${path} was written by a newer Offprint. It is read as far as it can be, and nothing can be changed.`,
      );
    case 'unreadable':
      return amiss('papers', 'problem', `${path} could not be read${says}.`);
    case 'sound': {
      const all = `${path} is sound: ${counted(papers ?? 0, 'paper')} from ${counted(sources ?? 0, 'source')}`;
      if ((papers ?? 0) > 0 && found.list !== 'sound') {
        return {
          ...{ name: 'papers', state: 'warning' },
          message: `${all}. The list of sources beside the captures, from which it could be made anew, is ${found.list === 'behind' ? 'not up to date' : found.list}.`,
          would: 'Write the list anew.',
          async repair(bench) {
            await bench.papers();
            return 'The list of sources is written anew.';
          },
        };
      }
      if (!found.isUnclean || isHeld) return fine('papers', `${all}.`);
      return {
        ...{ name: 'papers', state: 'warning' },
        message: `${all}. It was not closed as it should be; nothing has come of that.`,
        would: 'Close it.',
        async repair(bench) {
          await bench.papers();
          return 'It is closed.';
        },
      };
    }
    default:
      return {
        ...{ name: 'papers', state: 'problem', message: `${path} ${wrong[state] ?? 'cannot be used'}${says}.` },
        would:
          state === 'missing' || state === 'unfinished'
            ? 'Read all papers again from the files they came from, which may take minutes.'
            : 'Keep what is there under a dated name, and read all papers again from the files they came from, which may take minutes.',
        async repair() {
          const unusable = state === 'unfinished' ? null : state;
          const { papers, setAside, lost } = await rebuildCorpus(folder, () => {}, unusable);
          const kept = setAside === null ? '' : ` What was there is kept as ${setAside}.`;
          const gone = lost.length === 0 ? '' : ` ${counted(lost.length, 'source')} could not be read again.`;
          return `${counted(papers, 'paper')} ${papers === 1 ? 'has' : 'have'} been read again.${kept}${gone}`;
        },
      };
  }
}

/** Whether the files that papers came from are as they were. */
export function checkCaptures({ folder }: Patient, { captures }: CorpusFindings): Finding {
  const path = join(folder, 'captures');
  if (captures.length === 0)
    return fine('captures', `The files that your papers came from are as they were (${path}).`);
  const words = { missing: 'missing', damaged: 'not what it was', unreadable: 'unreadable' };
  const names = captures.map(({ name, file, reason }) => `${name} (${file}, ${words[reason]})`);
  const message =
    `${counted(captures.length, 'file')} that papers came from ${captures.length === 1 ? 'is' : 'are'} not as before in ${path}: ` +
    `${some(names)}. The papers are there as long as corpus.db is; import the same files again, or bring them back from a backup.`;
  return amiss('captures', 'problem', message);
}

/** Whether the copy of the marks that searches use can be used. @param stamp of what the reader has said; null where that is not known */
export function checkMarks({ folder, isHeld }: Patient, stamp: string | null): Finding {
  const path = join(folder, 'marks.db');
  const anew = 'Remove it: it is a copy of your marks, and is made anew when Offprint starts.';
  if (!existsSync(path))
    return fine('marks', `The copy of your marks that searches use is made when Offprint starts (${path}).`);
  const broken = (message: string): Finding => ({
    ...{ name: 'marks', state: 'problem', message, would: anew },
    async repair() {
      removeMarks(folder);
      return `${path} is removed.`;
    },
  });
  try {
    const database = openToRead(path);
    try {
      const said = database.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'];
      if (said !== 'ok') return broken(`${path}, the copy of your marks that searches use, is damaged.`);
      const shows = database.prepare("SELECT value FROM meta WHERE name = 'stamp'").get()?.['value'];
      if (isHeld || stamp === null || shows === stamp)
        return fine('marks', `${path}, the copy of your marks that searches use, is sound.`);
      return fine(
        'marks',
        `${path}, the copy of your marks that searches use, is sound; it is brought up to date when Offprint starts.`,
      );
    } finally {
      database.close();
    }
  } catch {
    return broken(`${path}, the copy of your marks that searches use, cannot be read.`);
  }
}
