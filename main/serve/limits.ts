/** What one server gives to all that connect to it: times in milliseconds, and how many at once. */
export interface Limits {
  /** Until the headers of a request have arrived, from when the connection was free for it. */
  headersTimeout: number;
  /** Until all of a request has arrived. */
  requestTimeout: number;
  /** Until the next request on a connection begins. */
  keepAliveTimeout: number;
  /** Between two looks at whether these times are over. */
  connectionsCheckingInterval: number;
  /** Until a connection on which nothing moves is given up. Whoever waits or listens is sent signs of life. */
  standstill: number;
  /** Connections that have not shown a key. */
  strangers: number;
  /** Connections that have: a browser opens six at most. */
  known: number;
  /** Event streams: a browser opens one for each of its pages. */
  streams: number;
  /** Calls that arrive, so that some which never do so whole leave room for others. */
  arriving: number;
}

/** See {@link Limits}. All connections together stay far below what a system lets a program have open. */
export const usualLimits: Limits = {
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 5_000,
  standstill: 120_000,
  strangers: 512,
  known: 128,
  streams: 64,
  arriving: 32,
};
