import { useState } from 'react';
import type { Panel } from '#core/api/dashboard.ts';
import type { VariableValues } from '#core/metric-query/variables.ts';
import { explainSteps, startOf } from '#core/panel-data/explain-steps.ts';
import { PanelTimeFields } from '#web/features/dashboards/panel-time-fields.tsx';
import { QueryRows } from '#web/features/dashboards/query-rows.tsx';
import { ThresholdRows } from '#web/features/dashboards/threshold-rows.tsx';
import { fillPanel } from '#web/features/dashboards/variables.ts';
import type { PanelType } from '#web/panels/panel-type.ts';
import { Tabs } from '#web/ui/tabs.tsx';
import styles from './form.module.css';
import { LinkRows } from './link-rows.tsx';
import { MappingRows } from './mapping-rows.tsx';
import { OptionsFields } from './options-fields.tsx';
import { OverrideRows } from './override-rows.tsx';
import { StepRows } from './step-rows.tsx';
import { usePanelAnswer } from './use-panel-answer.ts';

export type PanelTabsProps = {
  readonly panel: Panel;
  readonly type: PanelType;
  readonly values: VariableValues;
  readonly onChange: (panel: Panel) => void;
};

type Tab = 'queries' | 'look' | 'series' | 'values' | 'steps' | 'links';

/** Everything of a panel that draws queries, a tab for each concern; the tabs tell how much they hold. */
export function PanelTabs({ panel, type, values, onChange }: PanelTabsProps) {
  const [tab, setTab] = useState<Tab>('queries');
  const { overrides = [], mappings = [], transformations = [], links = [], thresholds } = panel;
  const answered = usePanelAnswer(fillPanel(panel, values));
  const first = startOf(answered);
  const names = (explainSteps(answered, transformations, type.showsRows === true).at(-1) ?? first).names;
  const change = (part: Partial<Panel>): void => onChange({ ...panel, ...part });
  const tabs: readonly { readonly id: Tab; readonly label: string }[] = [
    { id: 'queries', label: counted('Queries', panel.queries.length) },
    { id: 'look', label: 'Look' },
    { id: 'series', label: counted(type.showsRows === true ? 'Series and columns' : 'Series', overrides.length) },
    { id: 'values', label: counted('Words and limits', mappings.length + thresholds.length) },
    { id: 'steps', label: counted('Steps', transformations.length) },
    { id: 'links', label: counted('Links', links.length) },
  ];
  return (
    <div>
      <Tabs label="Parts of the panel" tabs={tabs} active={tab} onChange={setTab}>
        <div className={styles.list}>
          {tab === 'queries' && (
            <>
              <QueryRows queries={panel.queries} onChange={(queries) => change({ queries })} />
              <div className={styles.fields}>
                <PanelTimeFields panel={panel} values={values} onChange={onChange} />
              </div>
            </>
          )}
          {tab === 'look' && <OptionsFields panel={panel} type={type} onChange={onChange} />}
          {tab === 'series' && (
            <OverrideRows
              {...{ overrides, names }}
              queries={panel.queries}
              onChange={(next) => change({ overrides: next })}
            />
          )}
          {tab === 'values' && (
            <>
              <h3 className={styles.title}>Words in place of values; the first that fits counts</h3>
              <MappingRows mappings={mappings} onChange={(next) => change({ mappings: next })} />
              <h3 className={styles.title}>Limits: from this value on, this status</h3>
              <ThresholdRows thresholds={thresholds} onChange={(next) => change({ thresholds: next })} />
            </>
          )}
          {tab === 'steps' && (
            <StepRows
              steps={transformations}
              start={answered}
              showsRows={type.showsRows === true}
              onChange={(next) => change({ transformations: next })}
            />
          )}
          {tab === 'links' && (
            <LinkRows {...{ links, values }} labels={first.labels} onChange={(next) => change({ links: next })} />
          )}
        </div>
      </Tabs>
    </div>
  );
}

function counted(label: string, count: number): string {
  return count === 0 ? label : `${label} (${count})`;
}
