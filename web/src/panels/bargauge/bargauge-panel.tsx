import { joinParts } from '#web/format/value.ts';
import styles from '#web/panels/figure.module.css';
import { FigureOptions, figureOf } from '#web/panels/figure.ts';
import { FigurePanel } from '#web/panels/figure-panel.tsx';
import { writeStatus } from '#web/panels/figure-status.ts';
import { shareOf } from '#web/panels/gauge/arc.ts';
import type { PanelProps } from '#web/panels/panel-type.ts';
import { readOptions } from '#web/panels/read-options.ts';
import { shownValue } from '#web/panels/shown-value.ts';

const BARS = 30;
const POINTS = 60;

/** A bar a series, between the panel's minimum and maximum. */
export function BarGaugePanel({ panel, actions }: PanelProps) {
  const { figure } = readOptions(FigureOptions, panel.options);
  const { min = 0, decimals, thresholds, mappings } = panel;
  return (
    <FigurePanel
      panel={panel}
      actions={actions}
      limit={BARS}
      maxPoints={POINTS}
      write={(root, handle, { series, unit }) => {
        const values = series.map((_, index) => figureOf(handle.data, index, figure));
        const max = panel.max ?? (unit === 'ratio' ? 1 : Math.max(min, ...values.filter(Number.isFinite)));
        root.querySelectorAll<HTMLElement>('[data-tile]').forEach((tile, index) => {
          const value = values[index] ?? Number.NaN;
          tile.style.setProperty('--share', String(shareOf(value, min, max)));
          const [mark, text] = tile.querySelectorAll('[data-part]');
          const shown = shownValue(value, series[index], { unit, decimals, thresholds, mappings });
          if (text !== undefined) text.textContent = joinParts(shown);
          writeStatus(tile, mark, shown);
        });
      }}
    >
      {(series) => (
        <ul className={styles.bars} aria-label={panel.title}>
          {series.map(({ key, name }) => (
            <li key={key} data-tile="" className={styles.bar}>
              <span className={styles.barName}>{name}</span>
              <span className={styles.barTrack} aria-hidden="true">
                <span className={styles.barFill} />
              </span>
              <span className={styles.barValue}>
                <span data-part="" className={styles.shape} />
                <span data-part="" />
              </span>
            </li>
          ))}
        </ul>
      )}
    </FigurePanel>
  );
}
