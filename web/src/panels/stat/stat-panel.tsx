import { useEffect, useRef } from 'react';
import { PanelLinks } from '#web/charts/panel-links.tsx';
import { panelState } from '#web/charts/panel-state.tsx';
import { SampleAge } from '#web/charts/sample-age.tsx';
import { useQueryPanel } from '#web/charts/use-query-panel.ts';
import { useReadout } from '#web/charts/use-readout.ts';
import styles from '#web/panels/figure.module.css';
import { figureOf } from '#web/panels/figure.ts';
import { writeStatus } from '#web/panels/figure-status.ts';
import type { PanelProps } from '#web/panels/panel-type.ts';
import { readOptions } from '#web/panels/read-options.ts';
import { shownValue } from '#web/panels/shown-value.ts';
import { Panel } from '#web/ui/panel.tsx';
import { sparklinePath } from '#web/ui/sparkline-path.ts';
import { StatOptions } from './options.ts';

const TILES = 12;
const POINTS = 120;
const SPARK_WIDTH = 200;
const SPARK_HEIGHT = 40;

/** The newest value of each series, large, with its line behind it. Figures are written, not rendered. */
export function StatPanel({ panel, actions }: PanelProps) {
  const { figure, spark } = readOptions(StatOptions, panel.options);
  const queries = panel.queries.filter(({ hidden }) => !hidden);
  const { parsed, answer, status, unit, texts } = useQueryPanel({
    queries,
    unit: panel.unit,
    timeShift: panel.timeShift,
    limit: TILES,
    maxPoints: POINTS,
    display: panel,
    tablesAsLines: true,
  });
  const root = useRef<HTMLDivElement>(null);
  const handle = useReadout(answer.source, root);
  const { decimals, thresholds, mappings } = panel;
  useEffect(
    () =>
      handle.listen(() => {
        root.current?.querySelectorAll<HTMLElement>('[data-tile]').forEach((tile, index) => {
          if (index >= status.series.length) return;
          const value = figureOf(handle.data, index, figure);
          const rules = { unit, decimals, thresholds, mappings };
          const shown = shownValue(value, status.series[index], rules);
          const [shape, number, small] = tile.querySelectorAll('[data-part]');
          if (number !== undefined) number.textContent = shown.text;
          if (small !== undefined) small.textContent = shown.suffix;
          writeStatus(tile, shape, shown);
          const values = handle.data.values[index];
          if (values !== undefined) {
            tile.querySelector('path')?.setAttribute('d', sparklinePath(values, SPARK_WIDTH, SPARK_HEIGHT));
          }
        });
      }),
    [handle, figure, unit, decimals, thresholds, mappings, status],
  );
  const state = panelState({ problems: parsed.problems, status, answer, texts });
  return (
    <Panel
      title={panel.title}
      flush
      className={styles.whole}
      menu={
        <>
          <PanelLinks title={panel.title} links={panel.links} source={answer.source} />
          {actions}
        </>
      }
      note={(answer.live || answer.polled) && <SampleAge source={answer.source} status={status} />}
    >
      <div ref={root} className={styles.tiles}>
        {state ??
          status.series.map((line) => (
            <div key={line.key} data-tile="" className={styles.tile}>
              {spark && (
                <svg
                  className={styles.spark}
                  viewBox={`0 0 ${SPARK_WIDTH} ${SPARK_HEIGHT}`}
                  preserveAspectRatio="none"
                  aria-hidden="true"
                >
                  <path />
                </svg>
              )}
              <span className={styles.figure}>
                <span data-part="" className={styles.shape} />
                <span data-part="" />
                <small data-part="" />
              </span>
              {status.series.length > 1 && <span className={styles.label}>{line.name}</span>}
            </div>
          ))}
      </div>
    </Panel>
  );
}
