import type { DayGrowth } from '#core/api/cardinality.ts';
import { formatDay } from '#web/format/time.ts';
import { formatValue } from '#web/format/value.ts';
import { Panel, type PanelState } from '#web/ui/panel.tsx';
import { Sparkline } from '#web/ui/sparkline.tsx';
import styles from './cardinality.module.css';

const WIDTH = 300;
const HEIGHT = 48;
/** Days are those of UTC: their noon is the same day nearly everywhere. */
const NOON_MS = 12 * 3_600_000;

/** How many series there were, and how many came, on each of the last 30 days. */
export function GrowthPanel({ days, state }: { days: readonly DayGrowth[]; state: PanelState }) {
  const active = days.map((day) => day.active);
  const most = Math.max(1, ...days.map(({ added }) => added));
  const total = days.reduce((sum, { added }) => sum + added, 0);
  const width = WIDTH / Math.max(1, days.length);
  return (
    <Panel title="Growth" note="30 days" state={state}>
      <div className={styles.growth}>
        <figure>
          <figcaption>Series, now {formatValue(active.at(-1) ?? 0, '')}</figcaption>
          <Sparkline values={active} width={WIDTH} height={HEIGHT} label={`Series by day: ${active.join(', ')}`} />
        </figure>
        <figure>
          <figcaption>New by day, together {formatValue(total, '')}</figcaption>
          <svg
            className={styles.bars}
            width={WIDTH}
            height={HEIGHT}
            viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
            role="img"
            aria-label={`New series by day: ${days.map(({ added }) => added).join(', ')}`}
          >
            {days.map(({ t, added }, index) => {
              const height = added === 0 ? 0 : Math.max(1, (added / most) * HEIGHT);
              return (
                <rect key={t} x={index * width} y={HEIGHT - height} width={Math.max(1, width - 2)} height={height}>
                  <title>{`${formatDay(t + NOON_MS)}: ${formatValue(added, '')} new`}</title>
                </rect>
              );
            })}
          </svg>
        </figure>
      </div>
    </Panel>
  );
}
