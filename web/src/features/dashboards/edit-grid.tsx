/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- panels are moved by keyboard while they have the focus; the grid library needs plain divs */
import 'react-grid-layout/css/styles.css';
import { IconCopy, IconPencil, IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react';
import { GridLayout, type Layout, useContainerWidth } from 'react-grid-layout';
import type { Dashboard, GridPlace, Panel } from '#core/api/dashboard.ts';
import type { VariableValues } from '#core/metric-query/variables.ts';
import { styleNonce } from '#web/charts/style-nonce.ts';
import { Button } from '#web/ui/button.tsx';
import styles from './edit-grid.module.css';
import { nudged, withPlaces } from './panel-draft.ts';
import { PanelView } from './panel-view.tsx';
import { fillPanel } from './variables.ts';

export type EditGridProps = {
  readonly dashboard: Dashboard;
  readonly values: VariableValues;
  readonly onChange: (dashboard: Dashboard) => void;
  readonly onEdit: (panel: Panel) => void;
  readonly onCopy: (panel: Panel) => void;
  readonly onDelete: (panel: Panel) => void;
};

type Grip = { readonly id: string; readonly mode: 'move' | 'resize' };

const GRID = { cols: 24, rowHeight: 30, margin: [8, 8], containerPadding: [0, 0] } as const;

/** The grid of the editor: drag by the header, resize at the corner, or by keyboard. */
export function EditGrid({ dashboard, values, onChange, onEdit, onCopy, onDelete }: EditGridProps) {
  const { width, containerRef, mounted } = useContainerWidth();
  const [grip, setGrip] = useState<Grip>();
  const layout = useMemo(
    () => dashboard.panels.map(({ id, place }) => ({ i: id, ...place, minW: 3, minH: 2, maxH: 60 })),
    [dashboard.panels],
  );
  const key = JSON.stringify(values);
  const filled = useMemo(
    () => dashboard.panels.map((panel) => fillPanel(panel, JSON.parse(key) as VariableValues)),
    [dashboard.panels, key],
  );
  // The drag library takes the nonce of its style element from this global.
  useEffect(() => void Object.assign(globalThis, { __webpack_nonce__: styleNonce() }), []);
  const place = (next: Layout): void => {
    const places = new Map(next.map(({ i, x, y, w, h }) => [i, { x, y, w, h } satisfies GridPlace]));
    const changed = withPlaces(dashboard, places);
    if (changed !== dashboard) onChange(changed);
  };
  const onKeyDown = (event: KeyboardEvent, panel: Panel): void => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'm' || event.key === 'r') setGrip({ id: panel.id, mode: event.key === 'm' ? 'move' : 'resize' });
    else if (event.key === 'Escape') setGrip(undefined);
    else if (event.key === 'Enter') onEdit(panel);
    else if (event.key === 'Delete') onDelete(panel);
    else if (grip?.id === panel.id) {
      const next = nudged(panel.place, grip.mode, event.key);
      if (next === undefined) return;
      onChange(withPlaces(dashboard, new Map([[panel.id, next]])));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={containerRef} className={styles.grid}>
      {mounted && (
        <GridLayout
          width={width}
          layout={layout}
          gridConfig={GRID}
          dragConfig={{ handle: 'header', cancel: 'button, a', threshold: 4 }}
          onLayoutChange={place}
        >
          {dashboard.panels.map((panel, index) => (
            <div
              key={panel.id}
              className={styles.cell}
              role="group"
              tabIndex={0}
              aria-label={`${panel.title || panel.type}: m moves, r resizes, Enter edits, Delete removes`}
              data-grip={grip?.id === panel.id ? grip.mode : undefined}
              onKeyDown={(event) => onKeyDown(event, panel)}
              onBlur={() => setGrip(undefined)}
            >
              <PanelView
                panel={filled[index] ?? panel}
                actions={<PanelTools {...{ panel, onEdit, onCopy, onDelete }} />}
              />
            </div>
          ))}
        </GridLayout>
      )}
      <output className="visually-hidden">
        {grip === undefined ? '' : `Arrow keys ${grip.mode} the panel, Escape ends`}
      </output>
    </div>
  );
}

type PanelToolsProps = { readonly panel: Panel } & Pick<EditGridProps, 'onEdit' | 'onCopy' | 'onDelete'>;

function PanelTools({ panel, onEdit, onCopy, onDelete }: PanelToolsProps) {
  const name = panel.title || panel.type;
  return (
    <>
      <Button look="quiet" aria-label={`Edit ${name}`} onClick={() => onEdit(panel)}>
        <IconPencil size={15} />
      </Button>
      <Button look="quiet" aria-label={`Duplicate ${name}`} onClick={() => onCopy(panel)}>
        <IconCopy size={15} />
      </Button>
      <Button look="quiet" aria-label={`Delete ${name}`} onClick={() => onDelete(panel)}>
        <IconTrash size={15} />
      </Button>
    </>
  );
}
