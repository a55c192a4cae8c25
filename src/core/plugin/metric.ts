/** How values of a metric behave over time. */
export type MetricKind = 'gauge' | 'counter';

/**
 * One row of a plugin's metric table: the only statement of its series. Docs, units on charts and built-in dashboards
 * come from it. Names follow the OpenTelemetry conventions in their Prometheus spelling.
 */
export type MetricDefinition = {
  readonly kind: MetricKind;
  /** Base unit: `seconds`, `bytes`, `ratio`, `celsius`, `bytes_per_second`, or '' for plain counts. */
  readonly unit: string;
  /** One sentence. */
  readonly help: string;
  /** Label names on top of the standard ones (`host`, `service`, `instance`, `zone`). */
  readonly labels: readonly string[];
  /** Of a counter that wraps at 2^32: it is continued over the wrap. */
  readonly bits?: 32;
  /** Of a gauge that is a state: the label that names it, and all it can be; one series each, 1 for the one that holds. */
  readonly states?: { readonly label: string; readonly values: readonly string[] };
};

export type MetricTable = Readonly<Record<string, MetricDefinition>>;

/** A row of a counter. */
export function counter(unit: string, help: string, labels: readonly string[] = []): MetricDefinition {
  return { kind: 'counter', unit, help, labels };
}

/** A row of a gauge. */
export function gauge(unit: string, help: string, labels: readonly string[] = []): MetricDefinition {
  return { kind: 'gauge', unit, help, labels };
}
