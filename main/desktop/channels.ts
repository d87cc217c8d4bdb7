/** The one channel on which a page calls the library: name and input there, the outcome back. */
export const callChannel = 'offprint:call';

/** The one channel on which the library tells a page something: name and payload. */
export const eventChannel = 'offprint:event';
