import { afterEach, expect, test, vi } from 'vitest';
import { connect } from './index.ts';

afterEach(() => vi.unstubAllGlobals());

test('what a page sends while it goes away outlives it, before it counts as hidden, and not once it is back', async () => {
  const kept: (boolean | undefined)[] = [];
  vi.stubGlobal('fetch', async (_address: string, { keepalive }: RequestInit) => {
    kept.push(keepalive);
    return Response.json({ ok: true, value: { changedAt: 1 } });
  });
  vi.stubGlobal('EventSource', class {});
  const client = connect();
  const save = () => client.call('note.set', { id: 'title:0001', text: 'x' });
  await save();
  // As whoever listens later does.
  let saved: Promise<unknown> | null = null;
  const onHide = () => {
    saved = save();
  };
  window.addEventListener('pagehide', onHide);
  window.dispatchEvent(new Event('pagehide'));
  await saved;
  window.dispatchEvent(new Event('pageshow'));
  await save();
  window.removeEventListener('pagehide', onHide);
  const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  await save();
  visibility.mockRestore();
  expect(kept).toEqual([false, true, false, true]);
});
