import { formatValue, joinParts } from '#web/format/value.ts';
import styles from '#web/panels/figure.module.css';
import { figureOf } from '#web/panels/figure.ts';
import { FigurePanel } from '#web/panels/figure-panel.tsx';
import { writeStatus } from '#web/panels/figure-status.ts';
import type { PanelProps } from '#web/panels/panel-type.ts';
import { readOptions } from '#web/panels/read-options.ts';
import { shownValue } from '#web/panels/shown-value.ts';
import { arcPath, shareOf } from './arc.ts';
import { GaugeOptions } from './options.ts';

const DIALS = 8;
const POINTS = 60;
const RADIUS = 46;
const RIM = 54;

/** A value between the panel's minimum and maximum, with its limits on the rim. */
export function GaugePanel({ panel, actions }: PanelProps) {
  const { figure } = readOptions(GaugeOptions, panel.options);
  const { decimals, thresholds, mappings, min = 0 } = panel;
  const maxOf = (unit: string): number => panel.max ?? (unit === 'ratio' ? 1 : 100);
  return (
    <FigurePanel
      {...{ panel, actions }}
      limit={DIALS}
      maxPoints={POINTS}
      tiles
      write={(root, handle, { series, unit }) => {
        root.querySelectorAll<HTMLElement>('[data-tile]').forEach((tile, index) => {
          const value = figureOf(handle.data, index, figure);
          const shown = shownValue(value, series[index], { unit, decimals, thresholds, mappings });
          const text = tile.querySelector('text');
          if (text !== null) text.textContent = joinParts(shown);
          tile.querySelector('[data-arc]')?.setAttribute('d', arcPath(0, shareOf(value, min, maxOf(unit)), RADIUS));
          writeStatus(tile, tile.querySelector('[data-mark]') ?? undefined, shown);
        });
      }}
    >
      {(series, unit) =>
        series.map(({ key, name }) => (
          <div key={key} data-tile="" className={styles.gauge}>
            <Dial label={`${panel.title} ${name}`} {...{ unit, min, max: maxOf(unit), thresholds }} />
            <span className={styles.label}>
              <span data-mark="" className={styles.shape} />
              {series.length > 1 && name}
            </span>
          </div>
        ))
      }
    </FigurePanel>
  );
}

type DialProps = Pick<PanelProps['panel'], 'unit' | 'thresholds'> & {
  readonly label: string;
  readonly min: number;
  readonly max: number;
};

function Dial({ label, unit, min, max, thresholds }: DialProps) {
  const shareOfNext = (value: number): number => {
    const later = thresholds.map((threshold) => threshold.value).filter((other) => other > value);
    return later.length === 0 ? 1 : shareOf(Math.min(...later), min, max);
  };
  return (
    <svg className={styles.dial} viewBox="0 0 120 72" role="img" aria-label={label}>
      <path className={styles.track} d={arcPath(0, 1, RADIUS)} />
      <path className={styles.arc} data-arc="" />
      {thresholds.map(({ value, status: level }) => (
        <path
          key={`${value} ${level}`}
          className={styles.limit}
          stroke={`var(--status-${level})`}
          d={arcPath(shareOf(value, min, max), shareOfNext(value), RIM)}
        />
      ))}
      <text className={styles.dialText} x={60} y={60} />
      <text className={styles.dialEnd} x={14} y={71}>
        {formatValue(min, unit, 0)}
      </text>
      <text className={styles.dialEnd} x={106} y={71}>
        {formatValue(max, unit, 0)}
      </text>
    </svg>
  );
}
