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
