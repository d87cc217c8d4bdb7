import { Icon, type IconProps } from './icon.tsx';

export { Icon, type IconProps } from './icon.tsx';
export { StatusIcon } from './status-icon.tsx';

/** A star: filled when the paper is starred. */
export function StarIcon({ filled, ...props }: IconProps & { filled: boolean }) {
  return (
    <Icon {...props}>
      <path
        d="m8 2.25 1.75 3.7 4.05.55-2.95 2.83.72 4.02L8 11.4l-3.57 1.95.72-4.02L2.2 6.5l4.05-.55z"
        strokeWidth="1.25"
        fill={filled ? 'currentColor' : 'none'}
      />
    </Icon>
  );
}

/** A pilcrow: the paper has a note. */
export function NoteIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M8.25 13.25V2.75H12.5M10.75 2.75v10.5" strokeWidth="1.25" />
      <path d="M8.25 2.75h-1a3 3 0 0 0 0 6h1z" fill="currentColor" strokeWidth="1.25" />
    </Icon>
  );
}

/** A number sign: tags. */
export function TagIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M6.75 2.75 5.25 13.25M10.75 2.75 9.25 13.25M3.25 6h10M2.75 10h10" strokeWidth="1.25" />
    </Icon>
  );
}

/** A plus: add one more. */
export function PlusIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M8 3.5v9M3.5 8h9" />
    </Icon>
  );
}

/** An asterisk: every paper of the library. */
export function AllIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M8 3v10M3.67 5.5l8.66 5M12.33 5.5l-8.66 5" strokeWidth="1.25" />
    </Icon>
  );
}

/** An arrow into a tray: a source, or an import. */
export function SourceIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M8 2.5V10M4.75 7 8 10.25 11.25 7M3 13.25h10" strokeWidth="1.25" />
    </Icon>
  );
}

/** A pane with a side bar: show or hide the views. */
export function ViewsIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <rect x="2" y="3" width="12" height="10" rx="1.5" strokeWidth="1.25" />
      <path d="M6 3v10" strokeWidth="1.25" />
    </Icon>
  );
}

/** A pane with its far side filled: show or hide the reader. */
export function ReaderIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <rect x="2" y="3" width="12" height="10" rx="1.5" strokeWidth="1.25" />
      <path d="M9 3v10M11 6h1M11 8.5h1" strokeWidth="1.25" />
    </Icon>
  );
}

/** A magnifying glass: search, or a saved view. */
export function SearchIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <circle cx="7" cy="7" r="4" strokeWidth="1.25" />
      <path d="m10 10 3.25 3.25" />
    </Icon>
  );
}

/** A cross: close, clear or remove. */
export function CloseIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="m4 4 8 8M12 4l-8 8" strokeWidth="1.25" />
    </Icon>
  );
}

/** An arrow up out of a tray: export. */
export function ExportIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M8 9.75v-7M5 5.5l3-3 3 3M3 9.5v3.25h10V9.5" />
    </Icon>
  );
}

/** An arrow to the left: back to the list. */
export function BackIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M13 8H3.25M7 4 3 8l4 4" />
    </Icon>
  );
}

/** Three dots: more to choose from. */
export function MoreIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2" />
    </Icon>
  );
}

/** An arrow out of a box: opens in the web browser. */
export function WebIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M6.5 3.5h-3v9h9v-3M9 2.75h4.25V7M13 3 7.5 8.5" strokeWidth="1.25" />
    </Icon>
  );
}

/** A chevron to the right: folded; turned by whoever shows it unfolded. */
export function ChevronIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="m6 3.5 4.5 4.5L6 12.5" />
    </Icon>
  );
}

/** An arrow that says which way a column is sorted. */
export function SortIcon({ desc, ...props }: IconProps & { desc: boolean }) {
  return (
    <Icon {...props}>
      <path d={desc ? 'M8 3v9.5M4.5 9 8 12.5 11.5 9' : 'M8 13V3.5M4.5 7 8 3.5 11.5 7'} strokeWidth="1.25" />
    </Icon>
  );
}

/** A triangle with a mark: something failed. */
export function WarningIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M8 2.75 14 13H2zM8 6.5V9.5M8 11.25h.01" strokeWidth="1.25" />
    </Icon>
  );
}

/** Two sheets, one over the other: papers that may be the same. */
export function DuplicatesIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M5.75 5.25h7.5v8h-7.5zM10.25 5V2.75h-7.5v8H5.5" strokeWidth="1.25" />
    </Icon>
  );
}

/** An arrow that turns back: undo. */
export function UndoIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M5.5 3 2.75 5.75 5.5 8.5M3 5.75h6.25a3.75 3.75 0 0 1 0 7.5H6" strokeWidth="1.25" />
    </Icon>
  );
}
