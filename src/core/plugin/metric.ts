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
};

export type MetricTable = Readonly<Record<string, MetricDefinition>>;
