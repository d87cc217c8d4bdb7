import * as z from 'zod';

/** Bytes that the feed's answer may have; ours has some hundreds. */
export const longestAnswer = 64 * 1024;

/** A version by the rules of semantic versioning, without what it calls build metadata. */
const versionPattern =
  /^(?:0|[1-9]\d{0,5})(?:\.(?:0|[1-9]\d{0,5})){2}(?:-[0-9A-Za-z-]{1,20}(?:\.[0-9A-Za-z-]{1,20}){0,4})?$/;

const digest = z.string().regex(/^[A-Za-z0-9+/]{86}==$/);
/** A name, and no path or address: everything is fetched from where the feed itself is. */
const fileName = z.string().regex(/^[A-Za-z0-9](?:[\w.-]{0,150}[A-Za-z0-9])?$/);

const file = z.object({
  url: fileName,
  sha512: digest,
  size: z
    .int()
    .min(1)
    .max(2 ** 30),
});

const answerSchema = z.object({
  version: z.string().regex(versionPattern),
  files: z.array(file).min(1).max(20),
  path: fileName,
  sha512: digest,
  releaseDate: z.union([z.string(), z.date()]).optional(),
  minimumSystemVersion: z.string().regex(versionPattern).optional(),
});

/** A version that the feed says is out, and its files: what was understood of the answer, and nothing else of it. */
export interface Release {
  version: string;
  files: z.infer<typeof file>[];
  path: string;
  sha512: string;
  /** As ISO 8601 has it; empty when the feed does not say. */
  releaseDate: string;
  minimumSystemVersion?: string;
}

/** Why an answer of the feed is not one. Holds no word of the answer. */
export class NoRelease extends Error {
  override name = 'NoRelease';
}

/**
 * Reads the answer of a feed, which is taken for hostile: it is bounded, plain, and checked field by field.
 * @param text what came
 * @param parse reads YAML
 * @throws NoRelease when it is not as electron-builder writes it
 */
export function readFeedAnswer(text: string, parse: (text: string) => unknown): Release {
  if (text.length > longestAnswer) throw new NoRelease('too long');
  // Anchors and aliases make much of little, and tags make what was not meant; a release has none of them.
  if (/(?:^|[\s[{,:?-])[&*!]\S/m.test(text)) throw new NoRelease('not plain');
  let parsed: unknown;
  try {
    parsed = parse(text);
  } catch {
    throw new NoRelease('not YAML');
  }
  const checked = answerSchema.safeParse(parsed);
  if (!checked.success) throw new NoRelease('not a release');
  const { releaseDate, minimumSystemVersion, ...release } = checked.data;
  return {
    ...release,
    releaseDate: dateOf(releaseDate),
    ...(minimumSystemVersion !== undefined && { minimumSystemVersion }),
  };
}

function dateOf(date: string | Date | undefined): string {
  const instant = date === undefined ? Number.NaN : new Date(date).getTime();
  return Number.isNaN(instant) ? '' : new Date(instant).toISOString();
}

/** Whether a version is one that is tried out before it is out. */
export function isPrerelease(version: string): boolean {
  return version.includes('-');
}
