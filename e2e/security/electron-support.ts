/** How many of Electron's newest major versions its project mends: the last three, by its release timelines. */
const supportedMajors = 3;

/** A version as three numbers, or null when it is a preview or a range. */
function numbersOf(version: string): [number, number, number] | null {
  const match = /^(\d+)\.(\d+)\.(\d+)$/.exec(version);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : null;
}

/**
 * Whether a version of Electron may be shipped: it is one, exactly; its major version is among those that are still
 * mended; and it is the newest of them, so that whatever has been mended is in it.
 * @param version as `package.json` names it
 * @param published every version that there is
 * @returns null when it may; else why not, as a sentence
 */
export function whyNotToShip(version: string, published: readonly string[]): string | null {
  const ours = numbersOf(version);
  if (ours === null) return `Electron ${version} is not one exact, stable version.`;
  const stable = published.map(numbersOf).filter((each) => each !== null);
  const newest = Math.max(...stable.map(([major]) => major));
  if (stable.length === 0) return 'No version of Electron was found to compare with.';
  if (ours[0] <= newest - supportedMajors) return `Electron ${ours[0]} is no longer mended; the newest is ${newest}.`;
  const newer = stable.find(([major, minor, patch]) => {
    return major === ours[0] && (minor > ours[1] || (minor === ours[1] && patch > ours[2]));
  });
  return newer ? `Electron ${version} has a newer version of the same kind: ${newer.join('.')}.` : null;
}
