/** What the arguments to electron-builder depend on. */
export interface Release {
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  /** A release: what cannot be signed, and on macOS notarised, is not made. */
  isSigned: boolean;
}

/** What the name of an environment variable is set to; an empty one is as good as none, as where a secret is not set. */
type Setting = (name: string) => string | null;

const azure = {
  OFFPRINT_AZURE_ENDPOINT: 'endpoint',
  OFFPRINT_AZURE_ACCOUNT: 'codeSigningAccountName',
  OFFPRINT_AZURE_PROFILE: 'certificateProfileName',
  OFFPRINT_AZURE_PUBLISHER: 'publisherName',
} as const;

const notarising = [
  ['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'],
  ['APPLE_ID', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_TEAM_ID'],
  ['APPLE_KEYCHAIN_PROFILE'],
] as const;

/**
 * What is given to electron-builder beside `electron-builder.yml`: what the environment says, in its own
 * variables and ours. Nothing is ever published from here.
 * @throws Error when a variable is missing beside others, or a signed build has nothing to be signed with
 */
export function builderArguments({ env, platform, isSigned }: Release): string[] {
  const setting: Setting = (name) => env[name]?.trim() || null;
  const feed = setting('OFFPRINT_FEED');
  return [
    ...['--publish', 'never'],
    ...(feed === null ? [] : [`-c.publish.url=${checkedFeed(feed)}`]),
    ...(isSigned ? ['-c.forceCodeSigning=true'] : []),
    ...(platform === 'win32' ? windows(setting, isSigned) : []),
    ...(platform === 'darwin' ? mac(setting, isSigned) : []),
  ];
}

/**
 * What was typed after `npm run dist --`, sorted out: whether it is a release, and what electron-builder is to be told.
 * To publish is not among it, whatever was typed.
 */
export function readTyped(typed: readonly string[]): { isSigned: boolean; options: string[] } {
  const options: string[] = [];
  for (let at = 0; at < typed.length; at += 1) {
    const each = typed[at] ?? '';
    if (each === '--publish' || each === '-p') at += 1;
    else if (each !== '--signed' && !/^(?:--publish|-p)=/.test(each)) options.push(each);
  }
  return { isSigned: typed.includes('--signed'), options };
}

function checkedFeed(feed: string): string {
  if (URL.parse(feed)?.protocol !== 'https:') throw new Error('OFFPRINT_FEED is not an https address.');
  return feed;
}

function windows(setting: Setting, isSigned: boolean): string[] {
  const named = Object.keys(azure).filter((name) => setting(name) !== null);
  const missing = Object.keys(azure).filter((name) => setting(name) === null);
  if (named.length > 0 && missing.length > 0) throw new Error(`${missing.join(' and ')} must be set, too.`);
  if (named.length > 0) {
    return Object.entries(azure).map(([name, option]) => `-c.win.azureSignOptions.${option}=${setting(name)}`);
  }
  if (isSigned && setting('WIN_CSC_LINK') === null) {
    throw new Error('There is nothing to sign with: set WIN_CSC_LINK, or the OFFPRINT_AZURE_ variables.');
  }
  return [];
}

function mac(setting: Setting, isSigned: boolean): string[] {
  const hasIdentity = setting('CSC_LINK') !== null || setting('CSC_NAME') !== null;
  // A program for Apple's processors must be signed by somebody, and be it by nobody in particular; the hardened runtime
  // would then refuse the libraries that are signed by just as nobody.
  if (!hasIdentity && !isSigned) return ['-c.mac.identity=-', '-c.mac.hardenedRuntime=false'];
  if (!hasIdentity) throw new Error('There is nothing to sign with: set CSC_LINK, or CSC_NAME.');
  if (isSigned && !notarising.some((names) => names.every((name) => setting(name) !== null))) {
    const ways = notarising.map((names) => names.join(' and ')).join('; or ');
    throw new Error(`There is nobody to notarise as: set ${ways}.`);
  }
  return [];
}
