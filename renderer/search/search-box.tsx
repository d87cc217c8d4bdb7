import {
  type KeyboardEvent,
  memo,
  type Ref,
  type RefObject,
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { withKey } from '../frame/key-hint.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { CloseIcon, SearchIcon } from '../icons/icons.tsx';
import { ColouredText } from './coloured-text.tsx';
import { explanationId } from './explanation.tsx';
import { OfferList, offerDomId } from './offer-list.tsx';
import { useOffers } from './use-offers.ts';
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

/** The search box: every key searches. Drawn again only for what is typed, not for what is found. */
export const SearchBox = memo(SearchBoxContent);

/**
 * Keeps the coloured text under the field scrolled as the field is.
 * @returns what to call when the field has been scrolled
 */
function useAligned(
  field: RefObject<HTMLInputElement | null>,
  under: RefObject<HTMLElement | null>,
  text: string,
): () => void {
  const align = useCallback(() => {
    if (under.current && field.current) under.current.scrollLeft = field.current.scrollLeft;
  }, [field, under]);

  // A change of the text can scroll it, too. Asked for where the layout is known anyway: just before a frame is drawn.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const frame = requestAnimationFrame(align);
    return () => cancelAnimationFrame(frame);
  }, [align, text]);

  return align;
}

function SearchBoxContent({ ref, onLeave }: SearchBoxProps) {
  const { session } = useSession();
  const query = useApp((state) => state.query);
  const [composing, setComposing] = useState(false);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const under = useRef<HTMLSpanElement>(null);
  const align = useAligned(input, under, query);
  const offers = useOffers(input);

  useImperativeHandle(ref, () => ({
    focus() {
      input.current?.focus();
      input.current?.select();
    },
  }));

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (offers.onKeyDown(event)) return;
    if ((event.key !== 'Enter' && event.key !== 'ArrowDown') || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    offers.close();
    onLeave();
  }

  const { active } = offers;
  return (
    <search className="search">
      <div className="search-box" data-composing={composing || undefined}>
        <SearchIcon />
        <span ref={under} className="query-text" aria-hidden="true" dir="auto">
          <ColouredText text={query} />
        </span>
        <input
          ref={input}
          type="text"
          enterKeyHint="search"
          dir="auto"
          role="combobox"
          aria-label="Search"
          aria-expanded={offers.open}
          aria-controls={offers.open ? `${id}-offers` : undefined}
          aria-activedescendant={active >= 0 ? offerDomId(`${id}-offers`, active) : undefined}
          aria-autocomplete="list"
          aria-describedby={explanationId}
          placeholder="Search papers"
          title={withKey('Search', 'search')}
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          maxLength={10_000}
          value={query}
          onChange={({ target }) => {
            session.search(target.value);
            offers.typed();
          }}
          onSelect={offers.moved}
          onScroll={align}
          onBlur={offers.close}
          onCompositionStart={() => setComposing(true)}
          onCompositionEnd={() => setComposing(false)}
          onKeyDown={onKeyDown}
        />
        {query === '' ? (
          <>
            <span className="search-key" aria-hidden="true">
              <kbd>/</kbd>
            </span>
            <button
              type="button"
              className="icon-button search-help"
              aria-label="What can be searched for"
              title="What can be searched for (?)"
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => {
                input.current?.focus();
                offers.ask();
              }}
            >
              ?
            </button>
          </>
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
        {offers.open && (
          <OfferList
            id={`${id}-offers`}
            label={offers.label}
            offers={offers.offers}
            active={active}
            hint={offers.hint}
            onPick={offers.accept}
          />
        )}
      </div>
    </search>
  );
}
