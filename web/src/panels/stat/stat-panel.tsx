import styles from '#web/panels/figure.module.css';
import { figureOf } from '#web/panels/figure.ts';
import { FigurePanel } from '#web/panels/figure-panel.tsx';
import { writeStatus } from '#web/panels/figure-status.ts';
import type { PanelProps } from '#web/panels/panel-type.ts';
import { readOptions } from '#web/panels/read-options.ts';
import { shownValue } from '#web/panels/shown-value.ts';
import { sparklinePath } from '#web/ui/sparkline-path.ts';
import { StatOptions } from './options.ts';

const TILES = 12;
const POINTS = 120;
const SPARK_WIDTH = 200;
const SPARK_HEIGHT = 40;

/** The newest value of each series, large, with its line behind it. Figures are written, not rendered. */
export function StatPanel({ panel, actions }: PanelProps) {
  const { figure, spark } = readOptions(StatOptions, panel.options);
  const { decimals, thresholds, mappings } = panel;
  return (
    <FigurePanel
      {...{ panel, actions }}
      limit={TILES}
      maxPoints={POINTS}
      tiles
      write={(root, handle, { series, unit }) => {
        root.querySelectorAll<HTMLElement>('[data-tile]').forEach((tile, index) => {
          const value = figureOf(handle.data, index, figure);
          const shown = shownValue(value, series[index], { unit, decimals, thresholds, mappings });
          const [shape, number, small] = tile.querySelectorAll('[data-part]');
          if (number !== undefined) number.textContent = shown.text;
          if (small !== undefined) small.textContent = shown.suffix;
          writeStatus(tile, shape, shown);
          const values = handle.data.values[index];
          if (values === undefined) return;
          tile.querySelector('path')?.setAttribute('d', sparklinePath(values, SPARK_WIDTH, SPARK_HEIGHT));
        });
      }}
    >
      {(series) =>
        series.map(({ key, name }) => (
          <div key={key} data-tile="" className={styles.tile}>
            {spark && <Spark />}
            <span className={styles.figure}>
              <span data-part="" className={styles.shape} />
              <span data-part="" />
              <small data-part="" />
            </span>
            {series.length > 1 && <span className={styles.label}>{name}</span>}
          </div>
        ))
      }
    </FigurePanel>
  );
}

function Spark() {
  const viewBox = `0 0 ${SPARK_WIDTH} ${SPARK_HEIGHT}`;
  return (
    <svg className={styles.spark} viewBox={viewBox} preserveAspectRatio="none" aria-hidden="true">
      <path />
    </svg>
  );
}
