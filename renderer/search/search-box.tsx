import { type Ref, useImperativeHandle, useRef } from 'react';
import { withKey } from '../frame/key-hint.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { CloseIcon, SearchIcon } from '../icons/icons.tsx';
import './search.css';

/** What the window asks of the search box. */
export interface SearchBoxHandle {
  /** Puts the cursor in, with all of the text selected. */
  focus(): void;
}

interface SearchBoxProps {
  ref: Ref<SearchBoxHandle>;
  /** Enter or Down: on to the papers found. */
  onLeave(): void;
}

/** The search box: every key searches. */
export function SearchBox({ ref, onLeave }: SearchBoxProps) {
  const { session } = useSession();
  const query = useApp((state) => state.query);
  const input = useRef<HTMLInputElement>(null);

  useImperativeHandle(ref, () => ({
    focus() {
      input.current?.focus();
      input.current?.select();
    },
  }));

  return (
    <search className="search-box">
      <SearchIcon />
      <input
        ref={input}
        type="search"
        dir="auto"
        aria-label="Search"
        placeholder="Search titles and abstracts"
        title={withKey('Search', 'search')}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        maxLength={10_000}
        value={query}
        onChange={({ target }) => session.search(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
          if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          onLeave();
        }}
      />
      {query === '' ? (
        <span className="search-key" aria-hidden="true">
          <kbd>/</kbd>
        </span>
      ) : (
        <button
          type="button"
          className="icon-button clear"
          aria-label="Clear the search"
          title="Clear the search"
          onClick={() => {
            session.search('');
            input.current?.focus();
          }}
        >
          <CloseIcon />
        </button>
      )}
    </search>
  );
}
