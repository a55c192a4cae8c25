import type { MetricTable } from '#core/plugin/metric.ts';

export type ExposedValue = {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

/** Content type of {@link exposeValues}. */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Values in the Prometheus text exposition format 0.0.4, with HELP and TYPE from the table. */
export function exposeValues(values: readonly ExposedValue[], table: MetricTable): string {
  const byMetric = Map.groupBy(values, ({ metric }) => metric);
  const lines: string[] = [];
  for (const [metric, group] of byMetric) {
    const definition = table[metric];
    lines.push(`# HELP ${metric} ${definition?.help ?? ''}`, `# TYPE ${metric} ${definition?.kind ?? 'untyped'}`);
    for (const { labels, value } of group) lines.push(`${metric}${formatLabels(labels)} ${formatValue(value)}`);
  }
  return `${lines.join('\n')}\n`;
}

function formatLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function formatValue(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  return String(value);
}
