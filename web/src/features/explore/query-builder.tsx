import { IconX } from '@tabler/icons-react';
import {
  AGGREGATIONS,
  type Aggregation,
  type MetricQuery,
  SERIES_FUNCTIONS,
  type SeriesFunction,
} from '#core/metric-query/query.ts';
import { SelectField } from '#web/ui/field.tsx';
import { Popover } from '#web/ui/popover.tsx';
import styles from './explore.module.css';
import { countLabels, type LabelCounts } from './label-counts.ts';
import { filtersOf, toggleBy, toggleFilter, withAggregation, withFunction, withoutFilter } from './query-edits.ts';
import { COUNTED_SERIES, useSeries } from './use-discovery.ts';

export type QueryBuilderProps = { readonly query: MetricQuery; readonly onChange: (query: MetricQuery) => void };

const FUNCTION_LABELS: Readonly<Record<SeriesFunction, string>> = {
  raw: 'Values as they are',
  rate: 'Rate per second',
  increase: 'Increase per step',
  delta: 'Change per step',
};
const FUNCTIONS = SERIES_FUNCTIONS.map((value) => ({ value, label: FUNCTION_LABELS[value] }));
const NO_AGGREGATION = 'none';
const AGGREGATION_OPTIONS = [
  { value: NO_AGGREGATION, label: 'Every series' },
  ...AGGREGATIONS.map((value) => ({ value, label: value })),
];
const PILL_VALUES = 50;

/** The query as choices: they write the text, and follow it. */
export function QueryBuilder({ query, onChange }: QueryBuilderProps) {
  const series = useSeries(query.matchers);
  const labels = countLabels(series.data ?? []);
  const by = query.aggregate?.by ?? [];
  return (
    <div className={styles.builder}>
      <SelectField
        label="Function"
        options={FUNCTIONS}
        value={query.fn}
        onChange={({ target }) => onChange(withFunction(query, target.value as SeriesFunction))}
      />
      <SelectField
        label="Aggregate"
        options={AGGREGATION_OPTIONS}
        value={query.aggregate?.op ?? NO_AGGREGATION}
        onChange={({ target: { value } }) =>
          onChange(withAggregation(query, value === NO_AGGREGATION ? undefined : (value as Aggregation)))
        }
      />
      <fieldset className={styles.pillRow} aria-label="Aggregate by">
        <span className={styles.caption}>by</span>
        {labels.map(({ label }) => (
          <button
            key={label}
            type="button"
            className={styles.pill}
            aria-pressed={by.includes(label)}
            onClick={() => onChange(toggleBy(query, label))}
          >
            {label}
          </button>
        ))}
      </fieldset>
      <fieldset className={styles.pillRow} aria-label="Filters">
        <span className={styles.caption}>where</span>
        {filtersOf(query).map((filter) => (
          <button
            key={`${filter.label}${filter.op}${filter.value}`}
            type="button"
            className={styles.pill}
            aria-pressed
            aria-label={`Remove filter ${filter.label}${filter.op}${filter.value}`}
            onClick={() => onChange(withoutFilter(query, filter))}
          >
            {filter.label} {filter.op} {filter.value} <IconX size={12} />
          </button>
        ))}
        {labels
          .filter(({ values }) => values.length > 1)
          .map((counts) => (
            <LabelPill
              key={counts.label}
              counts={counts}
              onPick={(value) => onChange(toggleFilter(query, counts.label, value))}
            />
          ))}
        {(series.data?.length ?? 0) >= COUNTED_SERIES && (
          <span className={styles.caption}>counts of the first {COUNTED_SERIES}</span>
        )}
      </fieldset>
    </div>
  );
}

function LabelPill({ counts, onPick }: { readonly counts: LabelCounts; readonly onPick: (value: string) => void }) {
  const { label, values } = counts;
  return (
    <Popover
      label={`Filter by ${label} ${values.length} values`}
      className={styles.pill}
      button={
        <>
          {label} <span className={styles.count}>{values.length}</span>
        </>
      }
    >
      {(close) => (
        <ul className={styles.values}>
          {values.slice(0, PILL_VALUES).map(({ value, count }) => (
            <li key={value}>
              <button
                type="button"
                className={styles.entry}
                onClick={() => {
                  onPick(value);
                  close();
                }}
              >
                <span className={styles.entryName}>{value === '' ? '(none)' : value}</span>
                <span className={styles.count}>{count}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Popover>
  );
}
