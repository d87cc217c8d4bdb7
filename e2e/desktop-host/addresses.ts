const suffix = '.test';

/**
 * Chromium asks nobody about schemes it does not know, so pages of the program's own scheme are shown under a
 * name that no network has: `app://offprint/a` as `https://offprint.app.test/a`. A page there is a secure context
 * with an origin of its own, as one of a scheme declared standard and secure is in Electron.
 */
export function shownAddress(address: string): string {
  const url = URL.parse(address);
  if (url === null || ['http:', 'https:'].includes(url.protocol) || url.host === '') return address;
  return `https://${url.host}.${url.protocol.slice(0, -1)}${suffix}${address.slice(`${url.protocol}//${url.host}`.length)}`;
}

/** The address as the program knows it: {@link shownAddress} undone. Others are as they were. */
export function programAddress(address: string): string {
  const shown = /^https:\/\/([^/?#]+)\.([a-z][a-z0-9+-]*)\.test(?=[/?#]|$)(.*)$/s.exec(address);
  if (!shown) return address;
  const [, host, scheme, rest] = shown;
  return `${scheme}://${host}${rest}`;
}
