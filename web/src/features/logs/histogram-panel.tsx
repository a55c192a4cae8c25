import { durationText } from '#web/app/time/time-range.ts';
import { useTime } from '#web/app/time/use-time.ts';
import { formatValue } from '#web/format/value.ts';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import { Histogram } from './histogram.tsx';
import { lookOfLevel, WORST_FIRST } from './levels.ts';
import styles from './logs.module.css';
import { useHistogram } from './use-log-queries.ts';

const BUCKETS = 100;
const HEIGHT = 110;

/** How many lines match, when, and at which level. */
export function HistogramPanel({ query }: { readonly query: string }) {
  const time = useTime();
  const answer = useHistogram(query, BUCKETS);
  const { data } = answer;
  const levels = WORST_FIRST.flatMap((level) => data?.series.filter(({ value }) => value === level) ?? []);
  return (
    <Panel
      title={data === undefined ? 'Lines' : `Lines per ${durationText(data.step)}`}
      note={data !== undefined && <MatchNote {...data} />}
      flush
      height={HEIGHT}
      state={queryState(answer)}
      menu={
        <ul className={styles.legend} aria-label="Lines by level">
          {levels.map(({ value, total }) => {
            const { shape, word, colour } = lookOfLevel(value);
            return (
              <li key={value}>
                <span style={{ color: colour }} aria-hidden="true">
                  {shape}
                </span>{' '}
                {word} <b>{total.toLocaleString('en')}</b>
              </li>
            );
          })}
        </ul>
      }
    >
      {data !== undefined && <Histogram answer={data} spanMs={time.spanMs} onZoom={time.zoom} />}
    </Panel>
  );
}

type MatchNoteProps = { readonly total: number; readonly stats: { rowsRead: number; ms: number; partial: boolean } };

function MatchNote({ total, stats }: MatchNoteProps) {
  return (
    <span data-figure="matches">
      {total.toLocaleString('en')} lines match, {formatValue(stats.rowsRead, '')} read in {Math.round(stats.ms)} ms
      {stats.partial ? ': a part only, the time limit ended it' : ''}
    </span>
  );
}
