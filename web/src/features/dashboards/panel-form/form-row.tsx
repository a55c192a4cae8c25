import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useRef } from 'react';
import { flushSync } from 'react-dom';
import { Button } from '#web/ui/button.tsx';
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
  const move = (to: number, direction: string): void => {
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
          <Button
            look="quiet"
            data-move="up"
            aria-label={`Move ${name} up`}
            disabled={at === 0}
            onClick={() => move(at - 1, 'up')}
          >
            <IconArrowUp size={15} />
          </Button>
          <Button
            look="quiet"
            data-move="down"
            aria-label={`Move ${name} down`}
            disabled={at === count - 1}
            onClick={() => move(at + 1, 'down')}
          >
            <IconArrowDown size={15} />
          </Button>
          <Button look="quiet" aria-label={`Remove ${name}`} onClick={onRemove}>
            <IconTrash size={15} />
          </Button>
        </span>
      </div>
      {help !== undefined && help !== '' && <p className={styles.help}>{help}</p>}
      {children}
    </fieldset>
  );
}
