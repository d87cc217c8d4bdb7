/** Electron's name for each permission that Playwright can give, and Playwright's own. */
const names = {
  'clipboard-sanitized-write': 'clipboard-write',
  'clipboard-read': 'clipboard-read',
  geolocation: 'geolocation',
  midi: 'midi',
  notifications: 'notifications',
  'background-sync': 'background-sync',
  'storage-access': 'storage-access',
} as const;

/** The permissions of which the program is asked, as Electron names them. Chromium can be told of no others. */
export const permissionsAsked: readonly string[] = Object.keys(names);

/** Permissions that the program gave, as Playwright names them. */
export function permissionNames(given: readonly string[]): string[] {
  return given.flatMap((name) => (name in names ? [names[name as keyof typeof names]] : []));
}
