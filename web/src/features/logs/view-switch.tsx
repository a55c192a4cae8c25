import { Button } from '#web/ui/button.tsx';
import styles from './logs.module.css';
import type { LogView } from './use-log-view.ts';

/** Lines one by one, or the patterns they follow. */
export function ViewSwitch({ view: { part, setPart } }: { readonly view: LogView }) {
  return (
    <span className={styles.switch}>
      <Button look="quiet" aria-pressed={part === 'lines'} onClick={() => setPart('lines')}>
        Lines
      </Button>
      <Button look="quiet" aria-pressed={part === 'patterns'} onClick={() => setPart('patterns')}>
        Patterns
      </Button>
    </span>
  );
}
