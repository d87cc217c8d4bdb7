/** Something that may use the network where the reader turns it on: `checking for updates`. */
export interface NetworkUse {
  what: string;
  on: boolean;
}

/** What may use the network, and whether it does, as sentences. */
export function networkInWords(uses: readonly NetworkUse[]): string {
  const [first, second] = uses;
  if (first === undefined) return 'It uses no network. A link opens in your browser.';
  if (second === undefined)
    return `Only ${first.what} uses the network, and only if you turn it on. It is ${first.on ? 'on' : 'off'}.`;
  const all = uses.map(({ what }) => what).join(' and ');
  return `Only two things use the network, and only if you turn them on: ${all}. ${stateInWords(uses)}`;
}

function stateInWords(uses: readonly NetworkUse[]): string {
  const on = uses.filter((use) => use.on);
  if (on.length === 0) return 'Both are off.';
  return on.length === uses.length ? 'Both are on.' : `Of these, ${on.map(({ what }) => what).join()} is on.`;
}
