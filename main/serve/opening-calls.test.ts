import { expect, test } from 'vitest';
import type { Handlers } from '../../shared/contract.ts';
import { eventStreams } from './event-streams.ts';
import { withOpening } from './opening-calls.ts';

test('what is to be opened is told to the pages that listen, waits for one, and is given once', async () => {
  const streams = eventStreams();
  const other = async () => ({ shown: true });
  const handlers = withOpening({ 'data.show': other } as unknown as Handlers, streams);
  expect(handlers['data.show']).toBe(other);
  const search = { kind: 'search', query: 'x' } as const;
  expect(await handlers['opening.ask']({ requests: [search] })).toEqual({ shown: false });

  const page = streams.open().getReader();
  await page.read();
  expect(await handlers['opening.ask']({ requests: [search] })).toEqual({ shown: true });
  const { value } = await page.read();
  expect(new TextDecoder().decode(value)).toBe('event: opening.waiting\ndata: {}\n\n');
  expect(await handlers['opening.take']({})).toEqual({ requests: [search, search] });
  expect(await handlers['opening.take']({})).toEqual({ requests: [] });
  await page.cancel();
  streams.close();
});
