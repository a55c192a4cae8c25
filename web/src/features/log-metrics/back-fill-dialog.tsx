import type { LogMetricRule } from '#core/log-metrics/rule.ts';
import { useTime } from '#web/app/time/use-time.ts';
import { formatDuration, formatStep } from '#web/format/duration.ts';
import { formatDateTime } from '#web/format/time.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import styles from './log-metrics.module.css';

type BackFillDialogProps = {
  readonly rule: LogMetricRule;
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly onFill: (range: { readonly from: number; readonly to: number }) => void;
  readonly onClose: () => void;
};

/** Asks whether a rule is evaluated over the time of the page. */
export function BackFillDialog({ rule, error, isPending, onFill, onClose }: BackFillDialogProps) {
  const { fromMs, toMs } = useTime().range();
  const [from, to] = [Math.floor(fromMs), Math.ceil(toMs)];
  const windows = Math.floor((to - from) / rule.stepMs);
  return (
    <Dialog title={`Back-fill ${rule.metric}`} onClose={onClose}>
      <div className={styles.form}>
        <p className={styles.text}>
          The stored lines from {formatDateTime(from)} to {formatDateTime(to)}, the time of the page, are evaluated as
          if the rule had been there: {windows.toLocaleString('en')} windows of {formatStep(rule.stepMs)} (
          {formatDuration(to - from)} in all). Samples that are the same stay, others are replaced. It runs at half
          speed, and can be cancelled.
        </p>
        {error !== null && <ErrorCard error={error} />}
        <div className={styles.buttons}>
          <Button look="solid" disabled={isPending} onClick={() => onFill({ from, to })}>
            Back-fill
          </Button>
          <Button onClick={onClose}>Leave it</Button>
        </div>
      </div>
    </Dialog>
  );
}
