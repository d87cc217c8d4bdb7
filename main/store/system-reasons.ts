const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission was denied',
  EPERM: 'permission was denied',
  EROFS: 'it is on a read-only disk',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EIO: 'the disk reported an error',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EBUSY: 'another program is using it',
};

/** Why the system refuses something, in words that complete a sentence. @param code as `EACCES` */
export function reasonOfCode(code: string): string {
  const words = reasons[code];
  return words === undefined ? code : `${words} (${code})`;
}
