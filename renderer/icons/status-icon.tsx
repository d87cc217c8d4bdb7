import type { ReactNode } from 'react';
import type { Status } from '../../shared/paper.ts';
import { Icon, type IconProps } from './icon.tsx';

/** One shape per status, so that none is told by colour alone. */
const shapes: Record<Status, ReactNode> = {
  unread: <circle cx="8" cy="8" r="4.5" strokeWidth="1.75" />,
  queued: <path d="M3.5 4.5h9M3.5 8h9M3.5 11.5h5.5" strokeWidth="1.75" />,
  reading: (
    <>
      <circle cx="8" cy="8" r="4.75" />
      <path d="M8 3.25a4.75 4.75 0 0 1 0 9.5z" fill="currentColor" stroke="none" />
    </>
  ),
  read: <path d="m3.5 8.5 3 3 6-6.5" strokeWidth="1.75" />,
  skipped: <path d="M4 8h8" strokeWidth="1.75" />,
};

/** The mark of a status: open ring, lines, half disc, tick or bar, in the status's colour. */
export function StatusIcon({ status, ...props }: IconProps & { status: Status }) {
  return (
    <Icon {...props} data-status={status}>
      {shapes[status]}
    </Icon>
  );
}
