import './path.css';

/** A path, whole, to be read, selected and copied. */
export function Path({ of }: { of: string }) {
  return <p className="path">{of}</p>;
}
