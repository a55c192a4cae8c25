import { type ReactNode, type Ref, useId } from 'react';
import { ErrorCard } from './error-card.tsx';
import styles from './panel.module.css';

/** What a panel has to show. `stale` keeps the content, dimmed, with the reason above it. */
export type PanelState =
  | { readonly kind: 'ready' }
  | { readonly kind: 'loading' }
  | {
      readonly kind: 'error';
      readonly error: unknown;
      readonly retry?: (() => void) | undefined;
      readonly query?: string;
    }
  | { readonly kind: 'empty'; readonly children: ReactNode }
  | { readonly kind: 'stale'; readonly note: string };

export type PanelProps = {
  readonly title: ReactNode;
  /** Quiet words behind the title: unit, count, what is shown. */
  readonly note?: ReactNode;
  /** The figure at the right of the title. */
  readonly value?: ReactNode;
  /** Buttons at the right end. */
  readonly menu?: ReactNode;
  /** Below the content: legend, age. */
  readonly footer?: ReactNode;
  readonly state?: PanelState;
  /** No padding around the content: tables and charts. */
  readonly flush?: boolean;
  /** The content's height in px, kept in every state so that nothing moves. */
  readonly height?: number;
  readonly className?: string | undefined;
  readonly ref?: Ref<HTMLElement>;
  readonly children?: ReactNode;
};

/** The one frame of everything that shows data: title, figure, content, and the states common to all. */
export function Panel({ title, note, value, menu, footer, flush = false, ref, className = '', ...rest }: PanelProps) {
  const titleId = useId();
  const { state = { kind: 'ready' }, height, children } = rest;
  return (
    <section ref={ref} className={`${styles.panel} ${className}`} aria-labelledby={titleId} data-state={state.kind}>
      <header className={styles.header}>
        <div className={styles.names}>
          <h2 className={styles.title} id={titleId}>
            {title}
          </h2>
          {note !== undefined && <span className={styles.note}>{note}</span>}
        </div>
        {value !== undefined && <span className={styles.value}>{value}</span>}
        {menu !== undefined && <span className={styles.menu}>{menu}</span>}
      </header>
      {state.kind === 'stale' && <p className={styles.stale}>{state.note}</p>}
      <div
        className={flush ? styles.flush : styles.body}
        style={height === undefined ? undefined : { minHeight: height }}
      >
        <PanelContent state={state}>{children}</PanelContent>
      </div>
      {footer !== undefined && <footer className={styles.footer}>{footer}</footer>}
    </section>
  );
}

function PanelContent({ state, children }: { state: PanelState; children: ReactNode }) {
  switch (state.kind) {
    case 'loading':
      return <output className={styles.skeleton} aria-label="Loading" />;
    case 'error':
      return <ErrorCard error={state.error} retry={state.retry} query={state.query} />;
    case 'empty':
      return <div className={styles.empty}>{state.children}</div>;
    case 'stale':
      return <div className={styles.dimmed}>{children}</div>;
    case 'ready':
      return children;
  }
}
