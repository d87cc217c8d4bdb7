import { useTagColour } from './tag-colours.ts';

/** The name of a tag as it stands among others, in its colour. */
export function TagName({ tag, className }: { tag: string; className: string }) {
  return (
    <span className={className} data-colour={useTagColour(tag)} dir="auto">
      {tag}
    </span>
  );
}
