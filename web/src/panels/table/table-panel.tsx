import { useRef, useState } from 'react';
import type { Panel as PanelModel } from '#core/api/dashboard.ts';
import type { TableHeader } from '#core/api/text-query.ts';
import { splitSteps } from '#core/panel-data/series-steps.ts';
import { AnswerTable } from '#web/charts/answer-table.tsx';
import chartStyles from '#web/charts/chart.module.css';
import { seriesNote } from '#web/charts/chart-notes.ts';
import { LegendTable } from '#web/charts/legend-table.tsx';
import { panelState } from '#web/charts/panel-state.tsx';
import { useQueryPanel } from '#web/charts/use-query-panel.ts';
import { useReadout } from '#web/charts/use-readout.ts';
import { useVisibility } from '#web/charts/use-visibility.ts';
import type { PanelProps } from '#web/panels/panel-type.ts';
import { QueryFrame } from '#web/panels/query-frame.tsx';
import { readOptions } from '#web/panels/read-options.ts';
import { LatestTable } from './latest-table.tsx';
import { TableOptions } from './options.ts';
import { StepsTable } from './steps-table.tsx';
import styles from './table-panel.module.css';

const ROWS = 100;
const ALL_ROWS = 500;
const POINTS = 300;

/** A row a series, sortable; figures change in place. */
export function TablePanel({ panel, actions }: PanelProps) {
  const { show } = readOptions(TableOptions, panel.options);
  const [all, setAll] = useState(false);
  const queries = panel.queries.filter(({ hidden }) => !hidden);
  const { parsed, answer, status, unit, texts } = useQueryPanel({
    queries,
    unit: panel.unit,
    timeShift: panel.timeShift,
    limit: all ? ALL_ROWS : ROWS,
    maxPoints: POINTS,
    display: panel,
  });
  const root = useRef<HTMLDivElement>(null);
  const handle = useReadout(answer.source, root);
  const visibility = useVisibility(status.series);
  const more = seriesNote(status);
  const state = panelState({ problems: parsed.problems, status, answer, texts });
  const hasRows = splitSteps(panel.transformations ?? []).table.length > 0 || isReshaped(panel, status.tables);
  const readout = { series: status.series, handle, unit, decimals: panel.decimals, rules: panel };
  return (
    <QueryFrame
      {...{ panel, actions, answer, status }}
      footer={
        more !== undefined && (
          <button type="button" className={chartStyles.link} onClick={() => setAll(true)}>
            {more}, show all
          </button>
        )
      }
    >
      <div ref={root} className={styles.rows}>
        {state ??
          (hasRows ? (
            <StepsTable {...{ panel, unit, handle }} answered={status.tables?.[0]} />
          ) : (
            <>
              {status.tables?.map((rows, index) => (
                <AnswerTable key={index} title={panel.title} table={rows} />
              ))}
              {status.series.length > 0 &&
                (show === 'latest' ? (
                  <LatestTable {...readout} />
                ) : (
                  <LegendTable {...readout} visibility={visibility} />
                ))}
            </>
          ))}
      </div>
    </QueryFrame>
  );
}

/** Rows of SQL are shown as they came, unless the panel says something about them. */
function isReshaped(panel: PanelModel, tables?: readonly TableHeader[]): boolean {
  const { transformations = [], mappings = [], overrides = [] } = panel;
  return (tables?.length ?? 0) > 0 && transformations.length + mappings.length + overrides.length > 0;
}
