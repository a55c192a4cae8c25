import { type ReactNode, useRef } from 'react';
import { flushSync } from 'react-dom';
import { OrderTools } from '#web/ui/order-tools.tsx';
import styles from './form.module.css';

export type FormRowProps = {
  /** What it is, with its number: `Step 2`. */
  readonly name: string;
  readonly help?: string | undefined;
  readonly at: number;
  readonly count: number;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
  readonly children: ReactNode;
};

/** One of several things in an order: moved and removed by buttons, which keep the focus. */
export function FormRow({ name, help, at, count, onMove, onRemove, children }: FormRowProps) {
  const row = useRef<HTMLFieldSetElement>(null);
  const move = (by: -1 | 1): void => {
    const to = at + by;
    const direction = by < 0 ? 'up' : 'down';
    const list = row.current?.parentElement;
    flushSync(() => onMove(to));
    const button = list?.children[to]?.querySelector<HTMLButtonElement>(`[data-move="${direction}"]`);
    if (button?.disabled === false) button.focus();
    else list?.children[to]?.querySelector<HTMLButtonElement>('[data-move]:enabled')?.focus();
  };
  return (
    <fieldset ref={row} className={styles.row} aria-label={name}>
      <div className={styles.head}>
        <p className={styles.name}>{name}</p>
        <span className={styles.tools}>
          <OrderTools name={name} at={at} count={count} onMove={move} onRemove={onRemove} />
        </span>
      </div>
      {help !== undefined && help !== '' && <p className={styles.help}>{help}</p>}
      {children}
    </fieldset>
  );
}
