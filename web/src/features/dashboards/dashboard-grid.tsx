import { useMemo } from 'react';
import type { Panel } from '#core/api/dashboard.ts';
import type { VariableValues } from '#core/metric-query/variables.ts';
import styles from './dashboard.module.css';
import { PanelView } from './panel-view.tsx';
import { fillPanel } from './variables.ts';

export type DashboardGridProps = { readonly panels: readonly Panel[]; readonly values: VariableValues };

/** Panels in a plain CSS grid: 24 columns, rows of 30 px; one column on narrow screens, in reading order. */
export function DashboardGrid({ panels, values }: DashboardGridProps) {
  const key = JSON.stringify(values);
  const filled = useMemo(() => {
    const chosen = JSON.parse(key) as VariableValues;
    const ordered = [...panels].sort((a, b) => a.place.y - b.place.y || a.place.x - b.place.x);
    return ordered.map((panel) => fillPanel(panel, chosen));
  }, [panels, key]);
  return (
    <div className={styles.grid}>
      {filled.map((panel) => (
        <div
          key={panel.id}
          className={styles.cell}
          style={{
            gridColumn: `${panel.place.x + 1} / span ${panel.place.w}`,
            gridRow: `${panel.place.y + 1} / span ${panel.place.h}`,
            ['--rows' as string]: panel.place.h,
          }}
        >
          <PanelView panel={panel} />
        </div>
      ))}
    </div>
  );
}
