import { useEffect, useRef } from 'react';
import { PanelLinks } from '#web/charts/panel-links.tsx';
import { panelState } from '#web/charts/panel-state.tsx';
import { SampleAge } from '#web/charts/sample-age.tsx';
import { useQueryPanel } from '#web/charts/use-query-panel.ts';
import { useReadout } from '#web/charts/use-readout.ts';
import { formatValue, joinParts } from '#web/format/value.ts';
import styles from '#web/panels/figure.module.css';
import { figureOf } from '#web/panels/figure.ts';
import { writeStatus } from '#web/panels/figure-status.ts';
import type { PanelProps } from '#web/panels/panel-type.ts';
import { readOptions } from '#web/panels/read-options.ts';
import { shownValue } from '#web/panels/shown-value.ts';
import { Panel } from '#web/ui/panel.tsx';
import { arcPath, shareOf } from './arc.ts';
import { GaugeOptions } from './options.ts';

const DIALS = 8;
const POINTS = 60;
const RADIUS = 46;
const RIM = 54;

/** A value between the panel's minimum and maximum, with its limits on the rim. */
export function GaugePanel({ panel, actions }: PanelProps) {
  const { figure } = readOptions(GaugeOptions, panel.options);
  const queries = panel.queries.filter(({ hidden }) => !hidden);
  const { parsed, answer, status, unit, texts } = useQueryPanel({
    queries,
    unit: panel.unit,
    timeShift: panel.timeShift,
    limit: DIALS,
    maxPoints: POINTS,
    display: panel,
    tablesAsLines: true,
  });
  const root = useRef<HTMLDivElement>(null);
  const handle = useReadout(answer.source, root);
  const { decimals, thresholds, mappings, min = 0 } = panel;
  const max = panel.max ?? (unit === 'ratio' ? 1 : 100);
  useEffect(
    () =>
      handle.listen(() => {
        root.current?.querySelectorAll<HTMLElement>('[data-tile]').forEach((tile, index) => {
          if (index >= status.series.length) return;
          const value = figureOf(handle.data, index, figure);
          const shown = shownValue(value, status.series[index], { unit, decimals, thresholds, mappings });
          const text = tile.querySelector('text');
          if (text !== null) text.textContent = joinParts(shown);
          tile.querySelector('[data-arc]')?.setAttribute('d', arcPath(0, shareOf(value, min, max), RADIUS));
          writeStatus(tile, tile.querySelector('[data-mark]') ?? undefined, shown);
        });
      }),
    [handle, figure, unit, decimals, thresholds, mappings, min, max, status],
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
            <div key={line.key} data-tile="" className={styles.gauge}>
              <svg className={styles.dial} viewBox="0 0 120 72" role="img" aria-label={`${panel.title} ${line.name}`}>
                <path className={styles.track} d={arcPath(0, 1, RADIUS)} />
                <path className={styles.arc} data-arc="" />
                {thresholds.map(({ value, status: level }) => (
                  <path
                    key={`${value} ${level}`}
                    className={styles.limit}
                    stroke={`var(--status-${level})`}
                    d={arcPath(shareOf(value, min, max), nextLimit(value), RIM)}
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
              <span className={styles.label}>
                <span data-mark="" className={styles.shape} />
                {status.series.length > 1 && line.name}
              </span>
            </div>
          ))}
      </div>
    </Panel>
  );

  function nextLimit(value: number): number {
    const later = thresholds.map((threshold) => threshold.value).filter((other) => other > value);
    return later.length === 0 ? 1 : shareOf(Math.min(...later), min, max);
  }
}
