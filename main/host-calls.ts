import type { Handlers } from '../shared/contract.ts';
import type { Draft, hostCalls } from '../shared/host-calls.ts';

/** Windows of which drafts are kept. */
const mostWindows = 50;

/**
 * What a host that can do nothing of its own answers: a browser prints by itself, checks spelling by itself and is
 * updated with its program. The desktop window puts its own answers in the place of these.
 */
export function plainHostCalls(): Pick<Handlers, keyof typeof hostCalls> {
  const drafts = new Map<string, Draft[]>();
  return {
    'host.describe': async () => ({
      kind: 'browser',
      badge: false,
      pdf: false,
      spelling: { languages: [], fetches: false },
      logs: false,
    }),
    'opening.take': async () => ({ requests: [] }),
    'opening.ask': async () => ({ shown: false }),
    'drafts.keep': async ({ window, drafts: kept }) => {
      drafts.delete(window);
      if (kept.length > 0) drafts.set(window, kept);
      for (const [first] of drafts) if (drafts.size > mostWindows) drafts.delete(first);
      return {};
    },
    'drafts.kept': async ({ window }) => ({ drafts: drafts.get(window) ?? [] }),
    'print.pdf': async () => ({ path: null }),
    'menu.follow': async () => ({}),
    'logs.show': async () => ({ shown: false }),
    'updates.state': async () => ({ kind: 'elsewhere', by: 'the program that serves this page' }),
    'updates.check': async () => ({ kind: 'elsewhere', by: 'the program that serves this page' }),
    'updates.fetch': async () => ({ kind: 'elsewhere', by: 'the program that serves this page' }),
    'updates.install': async () => ({}),
  };
}
