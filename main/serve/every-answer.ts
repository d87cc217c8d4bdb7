import { securityHeaders } from '../../shared/content-security-policy.ts';

/** The headers of every answer, whatever it says and whoever makes it. An answer may say for itself how long it is kept. */
export const everyAnswer: Readonly<Record<string, string>> = { ...securityHeaders, 'Cache-Control': 'no-store' };
