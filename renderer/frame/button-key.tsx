import { Keys } from './key-hint.tsx';

/** The key of a button, for eyes only: its name stays what it does. */
export function ButtonKey({ of }: { of: string }) {
  return (
    <span className="button-key" aria-hidden="true">
      <Keys of={of} />
    </span>
  );
}
