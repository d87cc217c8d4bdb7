import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { isLarge } from '../../main/store/large-change.ts';
import { after, type Expected, renumbered } from './expected.ts';
import { keyOf, type Life, remember } from './life.ts';
import type { Message, Plan } from './messages.ts';
import type { Moment } from './moments.ts';
import { stateDigest } from './state-digest.ts';

const writer = fileURLToPath(new URL('writer.ts', import.meta.url));

/**
 * When the parent kills the writing process, wherever that is: some time after so many acknowledged
 * changes, or, for none, after it has begun to open the library.
 */
export interface Kill {
  done: number;
  microseconds: number;
}

/** What came of one writing process. */
export interface Round {
  /** What the library must say: after all that was acknowledged, and after each change more that was not. */
  candidates: Expected[];
  /** The stamp last acknowledged; null when none was. */
  stamp: string | null;
  /** The last change of those that takes much away, if it was one; what the library said before it. */
  beforeLarge: { stage: Expected; change: Expected } | null;
  /** Changes acknowledged. */
  done: number;
  /** What was under way when it was killed. */
  hit: Moment[];
  /** Whether it came to its end by itself. */
  closed: boolean;
  /** What went wrong in the process itself; null for nothing. */
  trouble: string | null;
  clock: number;
}

function spin(microseconds: number): void {
  const until = process.hrtime.bigint() + BigInt(microseconds) * 1000n;
  while (process.hrtime.bigint() < until);
}

/** What a process tells. What it was killed in the midst of telling is left out. */
async function* messagesOf(stream: Readable): AsyncGenerator<Message> {
  let rest = '';
  for await (const piece of stream.setEncoding('utf8')) {
    // At line feeds only; readline takes U+2028 for the end of a line too, and notes have it.
    const lines = (rest + String(piece)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as Message;
  }
}

/**
 * Starts a process that changes a library and kills it.
 * @param life what the library must say when it is opened; learns what may be found among its earlier states
 */
export async function runRound(plan: Plan, kill: Kill, life: Life): Promise<Round> {
  const before = life.expected;
  const flags = ['--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, writer, JSON.stringify(plan)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const strike = () => {
    spin(kill.microseconds);
    child.kill('SIGKILL');
  };
  const round: Round = {
    ...{ candidates: [renumbered(before)], stamp: null, beforeLarge: null, done: 0, hit: [], closed: false },
    ...{ trouble: null, clock: plan.clock },
  };
  const underWay = new Map<Moment, number>();
  let isOpen = false;
  for await (const message of messagesOf(child.stdout)) {
    switch (message.is) {
      case 'begin':
      case 'end':
        underWay.set(message.moment, (underWay.get(message.moment) ?? 0) + (message.is === 'begin' ? 1 : -1));
        if (message.moment === 'opening' && message.is === 'begin' && kill.done === 0) strike();
        break;
      case 'opened':
        isOpen = true;
        if (message.digest !== stateDigest(before)) round.trouble ??= 'it opened as something else than its copy did';
        break;
      case 'trying': {
        const stage = round.candidates.at(-1) ?? before;
        const changed = after(stage, message.change, message.at);
        round.candidates.push(changed);
        round.clock = message.at;
        const papers = message.change.papers && new Map(message.change.papers);
        const { pairs } = message.change;
        const change = { ...(papers && { papers }), ...(pairs && { pairs }) };
        if (isLarge(change, { papers: stage.records, pairs: stage.pairs }))
          round.beforeLarge = { stage, change: changed };
        break;
      }
      case 'kept':
        life.kept.set(keyOf(message.generation), message.generation);
        break;
      case 'done':
        round.candidates.shift();
        round.stamp = message.stamp;
        remember(life, message.stamp, round.candidates[0] ?? before);
        round.done += 1;
        if (round.done === kill.done) strike();
        break;
      case 'closed':
        round.closed = true;
        break;
      case 'failed':
        round.trouble ??= message.error;
        break;
    }
  }
  const [, signal] = await exited;
  if (signal !== 'SIGKILL' && !round.closed) round.trouble ??= `the process ended by itself (${signal ?? 'exit'})`;
  if (!isOpen && round.trouble === null) underWay.set('opening', 1);
  round.hit = [...underWay].flatMap(([moment, count]) => (count > 0 ? [moment] : []));
  return round;
}
