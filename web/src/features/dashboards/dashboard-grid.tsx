import { useMemo, useState } from 'react';
import type { Panel } from '#core/api/dashboard.ts';
import type { VariableValues } from '#core/metric-query/variables.ts';
import styles from './dashboard.module.css';
import { layOutPanels } from './lay-out-panels.ts';
import { PanelView } from './panel-view.tsx';
import { RowHeading } from './row-heading.tsx';
import { fillPanel } from './variables.ts';

export type DashboardGridProps = { readonly panels: readonly Panel[]; readonly values: VariableValues };

/** Panels in a plain CSS grid: 24 columns, rows of 30 px; one column on narrow screens, in reading order. */
export function DashboardGrid({ panels, values }: DashboardGridProps) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const key = JSON.stringify(values);
  const shown = useMemo(() => {
    const isClosed = ({ id, options }: Panel): boolean => (options['collapsed'] === true) !== toggled.has(id);
    const laidOut = layOutPanels(panels, JSON.parse(key) as VariableValues, isClosed);
    return laidOut.map((each) => ({ key: each.key, panel: fillPanel(each.panel, each.values), isClosed }));
  }, [panels, key, toggled]);
  const toggle = (id: string): void => {
    const next = new Set(toggled);
    if (!next.delete(id)) next.add(id);
    setToggled(next);
  };
  return (
    <div className={styles.grid}>
      {shown.map(({ key: id, panel, isClosed }) => (
        <div
          key={id}
          className={styles.cell}
          style={{
            gridColumn: `${panel.place.x + 1} / span ${panel.place.w}`,
            gridRow: `${panel.place.y + 1} / span ${panel.place.h}`,
            ['--rows' as string]: panel.place.h,
          }}
        >
          {panel.type === 'row' ? (
            <RowHeading title={panel.title} isOpen={!isClosed(panel)} onToggle={() => toggle(panel.id)} />
          ) : (
            <PanelView panel={panel} />
          )}
        </div>
      ))}
    </div>
  );
}
