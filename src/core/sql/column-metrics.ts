import { counter, gauge, type MetricDefinition, type MetricTable } from '../plugin/metric.ts';
import type { RowMapping } from './row-mapping.ts';

const UNITS = ['seconds', 'bytes', 'ratio', 'celsius'];

/** The part of a name or the label that a column gives: `Order Count` is `order_count`. */
export function nameOfColumn(column: string): string {
  const plain = column
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  return /^[a-z]/.test(plain) ? plain : `column_${plain}`;
}

/** Series name of a gauge column. */
export const gaugeName = ({ name }: RowMapping, column: string): string =>
  `${name}_${nameOfColumn(column).replace(/_total$/, '')}`;
/** Series name of a counter column. */
export const counterName = (config: RowMapping, column: string): string => `${gaugeName(config, column)}_total`;
/** Series name of the age of the time column. */
export const ageName = (config: RowMapping, column: string): string => `${gaugeName(config, column)}_age_seconds`;

/** The series that the columns of a query give. */
export function columnMetrics(config: RowMapping): MetricTable {
  const labels = config.labelColumns.map(nameOfColumn);
  const unitOf = (name: string): string => UNITS.find((unit) => name.endsWith(`_${unit}`)) ?? '';
  const help = (column: string): string => `Column ${column} of the query ${config.name}.`;
  const table: Record<string, MetricDefinition> = {};
  for (const column of config.valueColumns) {
    const name = gaugeName(config, column);
    table[name] = gauge(unitOf(name), help(column), labels);
  }
  for (const column of config.counterColumns) {
    table[counterName(config, column)] = counter(unitOf(gaugeName(config, column)), help(column), labels);
  }
  const { timeColumn } = config;
  if (timeColumn !== undefined) {
    table[ageName(config, timeColumn)] = gauge('seconds', `Age of ${timeColumn} of the query ${config.name}.`, labels);
  }
  return table;
}
