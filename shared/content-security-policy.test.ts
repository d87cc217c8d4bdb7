import { describe, expect, test } from 'vitest';
import { contentSecurityPolicy, securityHeaders } from './content-security-policy.ts';

const directives = new Map(
  contentSecurityPolicy.split('; ').map((directive) => {
    const [name = '', ...values] = directive.split(' ');
    return [name, values.join(' ')] as const;
  }),
);

describe('the Content-Security-Policy', () => {
  test('allows nothing that is not named, of what is named only the program’s own, and that only where it is needed', () => {
    expect(Object.fromEntries(directives)).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'font-src': "'self'",
      'img-src': "'self'",
      'connect-src': "'self'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
      'trusted-types': "'none'",
      'require-trusted-types-for': "'script'",
    });
  });

  test('has no exception: no unsafe-*, hash, nonce, wildcard, scheme or host', () => {
    expect(contentSecurityPolicy).not.toMatch(/unsafe|nonce|sha\d|strict-dynamic|report-sample|\*|\w:|\.\w/);
  });
});

describe('the headers of every answer', () => {
  test.each([
    ['Content-Security-Policy', contentSecurityPolicy],
    ['X-Content-Type-Options', 'nosniff'],
    ['X-Frame-Options', 'DENY'],
    ['Referrer-Policy', 'no-referrer'],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
    ['Cross-Origin-Embedder-Policy', 'require-corp'],
    ['Origin-Agent-Cluster', '?1'],
    ['X-DNS-Prefetch-Control', 'off'],
    ['X-Permitted-Cross-Domain-Policies', 'none'],
  ])('%s', (name, value) => {
    expect(securityHeaders[name]).toBe(value);
  });

  test('take every feature away that the page has no use for, from the page itself, too', () => {
    const features = (securityHeaders['Permissions-Policy'] ?? '').split(', ');
    for (const feature of features) expect(feature).toMatch(/^[a-z-]+=\(\)$/);
    const powerful = [
      'camera',
      'microphone',
      'display-capture',
      'geolocation',
      'hid',
      'serial',
      'usb',
      'midi',
      'payment',
    ];
    for (const name of [...powerful, 'local-fonts', 'window-management', 'idle-detection', 'storage-access']) {
      expect(features).toContain(`${name}=()`);
    }
  });
});
