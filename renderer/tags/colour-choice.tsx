import { type TagColour, tagColours } from '../../shared/paper.ts';
import { firstInMenu } from '../frame/menu-keys.ts';
import { CloseIcon, Icon } from '../icons/icons.tsx';

/** What each colour is called. */
export const colourLabels: Record<TagColour, string> = {
  red: 'Red',
  orange: 'Orange',
  yellow: 'Yellow',
  green: 'Green',
  teal: 'Teal',
  blue: 'Blue',
  purple: 'Purple',
  pink: 'Pink',
  grey: 'Grey',
};

interface ColourChoiceProps {
  /** The colour that the tag has. */
  chosen: TagColour | null;
  onChoose(colour: TagColour | null): void;
}

/** The colours that a tag can have, as items of a menu; the last one is none. */
export function ColourChoice({ chosen, onChoose }: ColourChoiceProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group within a menu
    <div role="group" aria-label="Colour" className="colour-choice">
      {[...tagColours, null].map((colour, at) => {
        const label = colour === null ? 'No colour' : colourLabels[colour];
        return (
          <button
            key={label}
            ref={at === 0 ? firstInMenu : undefined}
            type="button"
            role="menuitemradio"
            aria-checked={colour === chosen}
            aria-label={label}
            title={label}
            tabIndex={-1}
            className="colour"
            onClick={() => onChoose(colour)}
          >
            {colour === null ? (
              <CloseIcon />
            ) : (
              <Icon data-colour={colour}>
                <circle cx="8" cy="8" r="6" fill="currentColor" stroke="none" />
              </Icon>
            )}
          </button>
        );
      })}
    </div>
  );
}
