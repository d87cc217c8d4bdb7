import { type ReactNode, useId } from 'react';
import './icons.css';

/** What every icon takes. */
export interface IconProps {
  /** Name for screen readers and the tooltip; without it the icon is decoration and hidden from them. */
  title?: string | undefined;
  className?: string | undefined;
  /** The colour of the tag that it stands for. */
  'data-colour'?: string | undefined;
}

const drawing = {
  width: 16,
  height: 16,
  viewBox: '0 0 16 16',
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.5,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
  focusable: false,
} as const;

/**
 * The frame of every icon: 16 by 16 units, drawn in the colour of the text around it. Strokes are
 * 1.5 units wide with round ends unless a shape says otherwise.
 */
export function Icon({
  title,
  className,
  children,
  ...rest
}: IconProps & { children: ReactNode; 'data-status'?: string }) {
  const titleId = useId();
  const classes = className === undefined ? 'icon' : `icon ${className}`;
  if (title === undefined) {
    return (
      <svg {...drawing} {...rest} className={classes} aria-hidden="true">
        {children}
      </svg>
    );
  }
  return (
    <svg {...drawing} {...rest} className={classes} role="img" aria-labelledby={titleId}>
      <title id={titleId}>{title}</title>
      {children}
    </svg>
  );
}
