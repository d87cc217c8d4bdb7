import { expect, test, vi } from 'vitest';
import type { Handlers } from '../../shared/contract.ts';
import { eventStreams } from './event-streams.ts';
import { lastWords } from './last-words.ts';

const forever = 2 ** 31 - 1;
const flushed = vi.fn(async () => ({}));
const library = { 'session.flushed': flushed } as unknown as Handlers;

/** A page that listens; what it has been told. */
async function page(streams: ReturnType<typeof eventStreams>) {
  const reader = streams.open().getReader();
  await reader.read();
  return async () => new TextDecoder().decode((await reader.read()).value);
}

test('a server that stops waits until every page has saved what was typed in it', async () => {
  const streams = eventStreams();
  const [one, two] = [await page(streams), await page(streams)];
  const { handlers, hear } = lastWords(library, streams, forever);
  const done = vi.fn();
  const heard = hear().then(done);
  expect(await one()).toContain('event: flush');
  expect(await two()).toContain('event: flush');
  await handlers['session.flushed']({ unsaved: 0 });
  expect(flushed).toHaveBeenLastCalledWith({ unsaved: 0 });
  await new Promise((resolve) => setImmediate(resolve));
  expect(done).not.toHaveBeenCalled();
  await handlers['session.flushed']({ unsaved: 1 });
  await heard;
});

test('without pages it waits for nobody, and for a page that does not answer only so long', async () => {
  const streams = eventStreams();
  const patient = lastWords(library, streams, forever);
  await patient.hear();
  await page(streams);
  await lastWords(library, streams, 1).hear();
  // A page may say so at any other time.
  expect(await patient.handlers['session.flushed']({ unsaved: 0 })).toEqual({});
});
