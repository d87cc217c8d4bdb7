// Zod speeds itself up with `new Function` where it may, and tries whether it may as soon as a
// schema is made. The window's policy forbids it, and the browser reports each try as a violation.
// So this must be imported before anything that makes a schema.
import * as z from 'zod';

z.config({ jitless: true });
