import { Icon, type IconProps, TagIcon } from '../icons/icons.tsx';
import { useTagColour } from './tag-colours.ts';
import './tags.css';

/** What stands before the name of a tag: a dot of its colour, or a number sign where it has none. */
export function TagMark({ tag, ...props }: IconProps & { tag: string }) {
  const colour = useTagColour(tag);
  if (colour === undefined) return <TagIcon {...props} />;
  return (
    <Icon {...props} data-colour={colour}>
      <circle cx="8" cy="8" r="4.25" fill="currentColor" stroke="none" />
    </Icon>
  );
}
