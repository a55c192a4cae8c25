import { useState } from 'react';
import type { LogMetricRules } from '#core/log-metrics/log-metrics-api.ts';
import { useNow } from '#web/data/use-now.ts';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import { BackFillDialog } from './back-fill-dialog.tsx';
import { BackFillPanel } from './back-fill-panel.tsx';
import styles from './log-metrics.module.css';
import { ruleColumns } from './rule-columns.tsx';
import type { MetricRow, useLogMetrics } from './use-log-metrics.ts';

type RuleListProps = {
  readonly metrics: ReturnType<typeof useLogMetrics>;
  readonly onEdit: (metric: string) => void;
  readonly onCopy: (row: MetricRow) => void;
  readonly onNew: () => void;
};

/** All rules with how they do, and what is back-filled. */
export function RuleList({ metrics, onEdit, onCopy, onNew }: RuleListProps) {
  const { stored, rows, save, fill, cancel } = metrics;
  const now = useNow();
  const [filling, setFilling] = useState<MetricRow>();
  const columns = ruleColumns(now, {
    onEdit: ({ rule }) => onEdit(rule.metric),
    onCopy,
    onSwitch: (row) => stored.data !== undefined && save.mutate(switched(stored.data, row)),
    onBackFill: setFilling,
  });
  const done = (): void => {
    setFilling(undefined);
    fill.reset();
  };
  return (
    <>
      <Panel
        title="Metrics from logs"
        note={<span className={styles.quiet}>what searches find, as series</span>}
        menu={
          <Button look="solid" onClick={onNew}>
            New metric
          </Button>
        }
        flush
        state={queryState(stored)}
      >
        {save.error !== null && <ErrorCard error={save.error} />}
        <DataTable label="Metrics from logs" columns={columns} rows={rows} rowKey={({ rule }) => rule.metric} />
      </Panel>
      <BackFillPanel fills={stored.data?.backFills ?? []} onCancel={(id) => cancel.mutate(id)} />
      {filling !== undefined && (
        <BackFillDialog
          rule={filling.rule}
          error={fill.error}
          isPending={fill.isPending}
          onFill={(range) => fill.mutate({ metric: filling.rule.metric, ...range }, { onSuccess: done })}
          onClose={done}
        />
      )}
    </>
  );
}

function switched({ rules, builtInOff }: LogMetricRules, { rule, isBuiltIn, isOn }: MetricRow): LogMetricRules {
  if (!isBuiltIn) {
    const turn = (one: LogMetricRules['rules'][number]) => ({ ...one, isEnabled: !isOn });
    return { builtInOff, rules: rules.map((one) => (one.metric === rule.metric ? turn(one) : one)) };
  }
  const others = builtInOff.filter((metric) => metric !== rule.metric);
  return { rules, builtInOff: isOn ? [...others, rule.metric] : others };
}
