import styles from './chart.module.css';
import type { ChartStatus } from './chart-data.ts';
import type { ChartHandle } from './chart-handle.ts';
import { explainNote, gapNote, isRollup, resolutionNote, seriesNote } from './chart-notes.ts';
import { InlineLegend } from './inline-legend.tsx';
import { SampleAge } from './sample-age.tsx';
import type { SourceAnswer } from './use-chart-source.ts';
import type { Visibility } from './use-visibility.ts';

export type ChartFootProps = {
  readonly legend: 'none' | 'inline' | 'table';
  readonly status: ChartStatus;
  readonly answer: SourceAnswer;
  readonly handle: ChartHandle;
  readonly unit: string;
  readonly decimals: number | undefined;
  readonly visibility: Visibility;
  readonly showAll: boolean;
  readonly explain: boolean;
  /** Lines have their min–max band behind them. */
  readonly banded: boolean;
  readonly onShowAll: (showAll: boolean) => void;
};

/** Below a chart: the legend, and what must be known to trust it: how many series, how fine, how old, what is missing. */
export function ChartFoot({ legend, status, answer, showAll, explain, banded, onShowAll, ...readout }: ChartFootProps) {
  const more = seriesNote(status);
  const gap = gapNote(status);
  const failed = answer.error !== undefined && status.series.length > 0;
  return (
    <div className={styles.footRow}>
      {legend === 'inline' && (
        <InlineLegend series={status.series} sorted={status.sorted === true} open={showAll} {...readout} />
      )}
      {explain && <span>{explainNote(status, answer.live)}</span>}
      <span className={styles.notes} title={resolutionNote(status, banded)}>
        {status.annotations?.map(({ level, message }) => (
          <span key={message} className={level === 'warn' ? styles.warn : undefined} title={message}>
            {level === 'warn' ? '▲ ' : 'ⓘ '}
            {message}
          </span>
        ))}
        {gap !== undefined && <span className={styles.warn}>▲ {gap}</span>}
        {failed && (
          <button type="button" className={`${styles.link} ${styles.bad}`} onClick={answer.retry}>
            ■ not refreshed, retry
          </button>
        )}
        {(more !== undefined || showAll) && (
          <button type="button" className={styles.link} onClick={() => onShowAll(!showAll)}>
            {showAll ? 'show fewer' : `${more}, show all`}
          </button>
        )}
        {isRollup(status) && <span>{resolutionNote(status, banded)}</span>}
        {answer.refreshing && <span>…</span>}
        {(answer.live || answer.polled) && <SampleAge source={answer.source} status={status} />}
      </span>
    </div>
  );
}
