import type { ReactNode } from 'react';
import type { SavedView } from '../../shared/views.ts';
import { Icon, type IconProps } from './icon.tsx';

const shapes: Record<SavedView['icon'], ReactNode> = {
  search: (
    <>
      <circle cx="7" cy="7" r="4" strokeWidth="1.25" />
      <path d="m10 10 3.25 3.25" />
    </>
  ),
  bookmark: <path d="M4.5 2.75h7v10.5L8 10.5l-3.5 2.75z" strokeWidth="1.25" />,
  star: (
    <path
      d="m8 2.25 1.75 3.7 4.05.55-2.95 2.83.72 4.02L8 11.4l-3.57 1.95.72-4.02L2.2 6.5l4.05-.55z"
      strokeWidth="1.25"
    />
  ),
  flag: <path d="M4 13.5v-11M4 3.25h8.5l-1.75 2.9L12.5 9H4" strokeWidth="1.25" />,
  bolt: <path d="M9.25 2.25 3.75 9H7.5l-.75 4.75L12.25 7H8.5z" strokeWidth="1.25" />,
  clock: (
    <>
      <circle cx="8" cy="8" r="5.25" strokeWidth="1.25" />
      <path d="M8 5v3.25l2.25 1.5" strokeWidth="1.25" />
    </>
  ),
  flask: (
    <path
      d="M6 2.5h4M6.75 2.5v4L3.6 12a1 1 0 0 0 .87 1.5h7.06A1 1 0 0 0 12.4 12L9.25 6.5v-4M5.25 9.75h5.5"
      strokeWidth="1.25"
    />
  ),
  book: (
    <path
      d="M8 4.25C6.75 3.25 5 3 2.5 3v9.25c2.5 0 4.25.25 5.5 1.25 1.25-1 3-1.25 5.5-1.25V3C11 3 9.25 3.25 8 4.25zM8 4.25v9.25"
      strokeWidth="1.25"
    />
  ),
  people: (
    <>
      <circle cx="6" cy="5.25" r="2.25" strokeWidth="1.25" />
      <path
        d="M2 13c0-2.4 1.75-4 4-4s4 1.6 4 4M10.5 3.1a2.25 2.25 0 0 1 0 4.3M12 9.4c1.3.6 2 1.9 2 3.6"
        strokeWidth="1.25"
      />
    </>
  ),
  chart: <path d="M2.75 2.75v10.5h10.5M6 10.5V8M9 10.5V4.5M12 10.5v-4" strokeWidth="1.25" />,
};

/** What each icon of a saved view shows, for who cannot see it. */
export const viewIconLabels: Record<SavedView['icon'], string> = {
  search: 'Magnifying glass',
  bookmark: 'Bookmark',
  star: 'Star',
  flag: 'Flag',
  bolt: 'Bolt',
  clock: 'Clock',
  flask: 'Flask',
  book: 'Book',
  people: 'People',
  chart: 'Chart',
};

/** The icon that the reader has chosen for a saved view. */
export function ViewIcon({ icon, ...props }: IconProps & { icon: SavedView['icon'] }) {
  return <Icon {...props}>{shapes[icon]}</Icon>;
}
