import type { Severity } from '../model/event.ts';

/** A default alert of a plugin, as data. */
export type AlertRule = {
  readonly name: string;
  /** PromQL over the plugin's own series and `nocmate_collector_*`; each series it gives is an alert. */
  readonly expr: string;
  /** How long it must hold, like `2m`. */
  readonly for: string;
  readonly severity: Extract<Severity, 'critical' | 'major' | 'warning'>;
  /** One sentence; `{{label}}` stands for a label of the series, `{{value}}` for its value. */
  readonly summary: string;
};
