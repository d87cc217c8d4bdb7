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
  ENOENT: 'it is not there',
  ENODEV: 'the disk is not there any more',
  ENXIO: 'the disk is not there any more',
  ESTALE: 'the network drive is not there any more',
  ENOTCONN: 'the network drive is not there any more',
  // The largest on FAT32 is 4 GB.
  EFBIG: 'the disk takes no file of that size',
  ENAMETOOLONG: 'its name is too long',
};

/** Why the system refuses something, in words that complete a sentence. @param code as `EACCES` */
export function reasonOfCode(code: string): string {
  const words = reasons[code];
  return words === undefined ? code : `${words} (${code})`;
}
