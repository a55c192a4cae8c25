import { cssColour, stylesOf } from '#web/charts/palette.ts';
import { joinParts } from '#web/format/value.ts';
import styles from '#web/panels/figure.module.css';
import { FigureOptions, figureOf } from '#web/panels/figure.ts';
import { FigurePanel } from '#web/panels/figure-panel.tsx';
import { shareOf } from '#web/panels/gauge/arc.ts';
import type { PanelProps } from '#web/panels/panel-type.ts';
import { readOptions } from '#web/panels/read-options.ts';
import { shownValue } from '#web/panels/shown-value.ts';

const COLUMNS = 40;
const POINTS = 60;

/** A column a series, from zero. */
export function BarChartPanel({ panel, actions }: PanelProps) {
  const { figure } = readOptions(FigureOptions, panel.options);
  const { min = 0 } = panel;
  return (
    <FigurePanel
      panel={panel}
      actions={actions}
      limit={COLUMNS}
      maxPoints={POINTS}
      write={(root, handle, { series, unit }) => {
        const values = series.map((_, index) => figureOf(handle.data, index, figure));
        const max = panel.max ?? Math.max(min, ...values.filter(Number.isFinite));
        root.querySelectorAll<HTMLElement>('[data-tile]').forEach((tile, index) => {
          const value = values[index] ?? Number.NaN;
          tile.style.setProperty('--share', String(shareOf(value, min, max)));
          const text = tile.querySelector('[data-part]');
          if (text !== null) text.textContent = joinParts(shownValue(value, series[index], { ...panel, unit }));
        });
      }}
    >
      {(series) => {
        const looks = stylesOf(series);
        return (
          <ul className={styles.columns} aria-label={panel.title}>
            {series.map(({ key, name }, index) => (
              <li key={key} data-tile="" className={styles.column} title={name}>
                <span data-part="" className={styles.columnValue} />
                <span
                  className={styles.columnFill}
                  style={{ background: cssColour(looks[index]?.colour ?? 'series-1') }}
                />
                <span className={styles.columnName}>{name}</span>
              </li>
            ))}
          </ul>
        );
      }}
    </FigurePanel>
  );
}
