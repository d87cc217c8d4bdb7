import { type ReactNode, useId } from 'react';

/** Settings under a heading, which stands beside them where there is room. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const heading = useId();
  return (
    <section className="settings-section" aria-labelledby={heading}>
      <h3 id={heading}>{title}</h3>
      <div className="settings-part">{children}</div>
    </section>
  );
}
