import { cssColour, stylesOf } from '#web/charts/palette.ts';
import { formatValue, joinParts } from '#web/format/value.ts';
import styles from '#web/panels/figure.module.css';
import { FigureOptions, figureOf } from '#web/panels/figure.ts';
import { FigurePanel } from '#web/panels/figure-panel.tsx';
import type { PanelProps } from '#web/panels/panel-type.ts';
import { readOptions } from '#web/panels/read-options.ts';
import { shownValue } from '#web/panels/shown-value.ts';
import { sharesOf, slicePath } from './slice-path.ts';

const SLICES = 24;
const POINTS = 60;

/** Shares of a whole, with their values beside the ring. */
export function PieChartPanel({ panel, actions }: PanelProps) {
  const { figure } = readOptions(FigureOptions, panel.options);
  return (
    <FigurePanel
      panel={panel}
      actions={actions}
      limit={SLICES}
      maxPoints={POINTS}
      write={(root, handle, { series, unit }) => {
        const values = series.map((_, index) => figureOf(handle.data, index, figure));
        const shares = sharesOf(values);
        const slices = root.querySelectorAll('path');
        const texts = root.querySelectorAll('[data-part]');
        shares.forEach(({ from, to }, index) => {
          slices[index]?.setAttribute('d', slicePath(from, to));
          const text = texts[index];
          if (text === undefined) return;
          const share = formatValue(to - from, 'ratio', 1);
          const shown = shownValue(values[index] ?? Number.NaN, series[index], { ...panel, unit });
          text.textContent = `${joinParts(shown)} · ${share}`;
        });
      }}
    >
      {(series) => {
        const colours = stylesOf(series).map(({ colour }) => cssColour(colour));
        return (
          <div className={styles.pie}>
            <svg viewBox="0 0 100 100" role="img" aria-label={panel.title}>
              {series.map(({ key, name }, index) => (
                <path key={key} fill={colours[index]} stroke="var(--panel)" strokeWidth={0.6}>
                  <title>{name}</title>
                </path>
              ))}
            </svg>
            <ul className={styles.pieNames}>
              {series.map(({ key, name }, index) => (
                <li key={key}>
                  <span className={styles.dot} style={{ background: colours[index] }} />
                  <span className={styles.barName}>{name}</span>
                  <span data-part="" className={styles.barValue} />
                </li>
              ))}
            </ul>
          </div>
        );
      }}
    </FigurePanel>
  );
}
