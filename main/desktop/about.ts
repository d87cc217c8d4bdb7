import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import * as z from 'zod';

/**
 * Says what About shows; the platforms show different parts of it.
 * @param icon path of the program's picture
 */
export function describeProgram(icon: string): void {
  const website = homePage();
  app.setAboutPanelOptions({
    applicationName: 'Offprint',
    applicationVersion: app.getVersion(),
    copyright: '© The Offprint contributors. MIT licence.',
    credits: [
      'A desktop reading list for research papers.',
      ...(website === null ? [] : [website]),
      'Made with Electron, Chromium, SQLite and other free software. Their licences come with it, in THIRD-PARTY-NOTICES.md.',
    ].join('\n\n'),
    authors: ['The Offprint contributors'],
    iconPath: icon,
    ...(website !== null && { website }),
  });
}

/** The address of the program's home page, as its package says; null where it says none, or one that leads nowhere. */
function homePage(): string | null {
  try {
    const text = readFileSync(join(app.getAppPath(), 'package.json'), 'utf8');
    const { homepage } = z.object({ homepage: z.url({ protocol: /^https$/ }) }).parse(JSON.parse(text));
    // The top level domain for addresses that are none (RFC 2606).
    return new URL(homepage).hostname.endsWith('.invalid') ? null : homepage;
  } catch {
    return null;
  }
}
