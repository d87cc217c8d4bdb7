const allowedProtocols = new Set(['http:', 'https:', 'mailto:']);

/** Longer addresses are shown as text: none that a reader would follow is. */
export const longestAddress = 2000;

/**
 * The one gate that every address passes before it becomes a link.
 * @param address an absolute address as written in a paper or a note
 * @returns the address in its normal form, or null unless it is http, https or mailto
 */
export function safeHref(address: string): string | null {
  if (address.length > longestAddress || !URL.canParse(address)) return null;
  const url = new URL(address);
  return allowedProtocols.has(url.protocol) ? url.href : null;
}
