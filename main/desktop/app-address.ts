/** The scheme under which the window's own files are served. */
export const appScheme = 'app';

/** The one host of {@link appScheme}. */
export const appHost = 'offprint';

/** The origin of the window's page, and the only one that may call the library. */
export const appOrigin = `${appScheme}://${appHost}`;

/** The page that the window opens. */
export const appPage = `${appOrigin}/index.html`;

/**
 * True when an address lies within the program itself: no other host, no port, no name or password before it. An
 * address that cannot be read does not.
 */
export function isAppAddress(address: string): boolean {
  const url = URL.parse(address);
  if (url === null || url.protocol !== `${appScheme}:` || url.host !== appHost) return false;
  return url.username === '' && url.password === '';
}
