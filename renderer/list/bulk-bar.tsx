import { type ReactNode, useEffect } from 'react';
import { type CommandId, commands } from '../../shared/commands.ts';
import { KeyCaps } from '../frame/key-hint.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { CloseIcon, DuplicatesIcon, ExportIcon, StarIcon, StatusIcon, TagIcon } from '../icons/icons.tsx';
import { mostCompared } from '../state/duplicates.ts';
import { sizeOf } from '../state/ranges.ts';
import './bulk-bar.css';

/** How long a growing selection rests before a screen reader is told, in milliseconds. */
const rest = 400;

/** How many papers are selected, and what can be done with all of them in one step; nothing for fewer than two. */
export function BulkBar() {
  const { session, run } = useSession();
  const size = useApp((state) => sizeOf(state.list.selection));
  const several = size > 1;

  useEffect(() => {
    if (!several) return;
    return session.announceAfter(rest, () => `${size.toLocaleString()} papers selected`);
  }, [session, size, several]);

  if (!several) return null;
  return (
    <div className="bulk-bar" role="toolbar" aria-label="Selected papers">
      <p className="bulk-count count">
        {size.toLocaleString()}
        <span className="bulk-word"> selected</span>
      </p>
      <Action id="toggleRead" label="Mark read or unread">
        <StatusIcon status="read" />
      </Action>
      <Action id="markQueued" label="Mark to read">
        <StatusIcon status="queued" />
      </Action>
      <Action id="markReading" label="Mark reading">
        <StatusIcon status="reading" />
      </Action>
      <Action id="markSkipped" label="Skip">
        <StatusIcon status="skipped" />
      </Action>
      <Action id="markUnread" label="Mark unread">
        <StatusIcon status="unread" />
      </Action>
      <Action id="toggleStar" label="Star">
        <StarIcon filled={false} />
      </Action>
      <Action id="editTags" label="Tags">
        <TagIcon />
      </Action>
      <Action id="exportPapers" label="Export…">
        <ExportIcon />
      </Action>
      {size <= mostCompared && (
        <Action id="mergePapers" label="Merge">
          <DuplicatesIcon />
        </Action>
      )}
      <button
        type="button"
        className="bulk-action bulk-clear"
        aria-label="Clear the selection"
        aria-keyshortcuts="Escape"
        title="Clear the selection (Esc in the list)"
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => {
          session.papers.selectOne();
          run('focusList');
        }}
      >
        <CloseIcon />
        <KeyCaps of="Escape" />
      </button>
    </div>
  );
}

function Action({ id, label, children }: { id: CommandId; label: string; children: ReactNode }) {
  const { run } = useSession();
  const key = commands.find((command) => command.id === id)?.keys[0] ?? '';
  return (
    <button
      type="button"
      className="bulk-action"
      aria-label={label}
      aria-keyshortcuts={key}
      title={`${label} (${key})`}
      // The list keeps the keys.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => run(id)}
    >
      {children}
      {/* Of two keys together the bar has no room to tell; the title does. */}
      {!key.includes('Mod') && <KeyCaps of={key} />}
    </button>
  );
}
