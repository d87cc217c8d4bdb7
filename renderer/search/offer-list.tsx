import { useEffect, useRef } from 'react';
import { StatusIcon } from '../icons/icons.tsx';
import type { Offer } from './offers.ts';

interface OfferListProps {
  id: string;
  label: string;
  offers: readonly Offer[];
  /** Place of the offer that is highlighted, or -1. */
  active: number;
  /** What the keys do, in a few words. */
  hint: string;
  onPick(offer: Offer): void;
}

/** The DOM id of an offer, for `aria-activedescendant`. */
export function offerDomId(list: string, at: number): string {
  return `${list}-${at}`;
}

/** What could stand where the caret is, under the search box. The box keeps the focus and has the keys. */
export function OfferList({ id, label, offers, active, hint, onPick }: OfferListProps) {
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    list.current?.children[active]?.scrollIntoView?.({ block: 'nearest' });
  }, [active]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a press in here must not take the focus from the box
    <div className="offers" onMouseDown={(event) => event.preventDefault()}>
      <div role="listbox" id={id} aria-label={label} ref={list} className="offer-list">
        {offers.map((offer, at) => (
          // The box keeps the focus and names the option.
          // biome-ignore lint/a11y/useFocusableInteractive: see above
          // biome-ignore lint/a11y/useKeyWithClickEvents: the box has the keys
          <div
            key={offer.label}
            role="option"
            id={offerDomId(id, at)}
            className="offer"
            aria-selected={at === active}
            onClick={() => onPick(offer)}
          >
            {offer.status && <StatusIcon status={offer.status} />}
            {offer.colour !== undefined && <span className="offer-dot" data-colour={offer.colour ?? undefined} />}
            <span className="offer-label clip" data-code={offer.code || undefined}>
              <bdi>{offer.label}</bdi>
            </span>
            {offer.detail !== undefined && <span className="offer-detail clip">{offer.detail}</span>}
            {offer.count !== undefined && <span className="count">{offer.count.toLocaleString()}</span>}
          </div>
        ))}
      </div>
      <p className="offers-hint" aria-hidden="true">
        {hint}
      </p>
    </div>
  );
}
