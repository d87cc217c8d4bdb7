// What tests get when they import fast-check.
import fc from 'fast-check';

/** Any number does; it was not chosen for what it finds. */
const always = 20_261_123;

// A run that decides whether a change goes in tries the same cases each time, so that what it finds is of the change.
// Everyone's own runs, and those with a SEED, try others.
const seed = Number(process.env['SEED'] || (process.env['CI'] ? always : Number.NaN));
if (!Number.isNaN(seed)) fc.configureGlobal({ seed });

export * from 'fast-check';
export default fc;
