import { z } from 'zod';
import { DataLink, SeriesOverride, Threshold, Transformation, ValueMapping } from './panel-display.ts';
import { Language } from './text-query.ts';

/** A panel's place in the 24-column grid (30 px rows, 8 px gap): Grafana's x/y/w/h model. */
export const GridPlace = z.strictObject({
  x: z.number().int().min(0).max(23),
  y: z.number().int().min(0),
  w: z.number().int().min(1).max(24),
  h: z.number().int().min(1).max(60),
});
export type GridPlace = z.infer<typeof GridPlace>;

/** One query of a panel; `legend` may hold `{{label}}` placeholders. */
export const PanelQuery = z.strictObject({
  language: Language.default('metrics'),
  text: z.string().max(10_000),
  legend: z.string().max(200).default(''),
  hidden: z.boolean().default(false),
});
export type PanelQuery = z.infer<typeof PanelQuery>;

/** A panel that stands once for each chosen value of a variable: side by side (`h`) or one below the other (`v`). */
export const PanelRepeat = z.strictObject({
  variable: z.string().min(1).max(100),
  direction: z.enum(['h', 'v']).default('h'),
  /** `h`: panels in a row at most. */
  perRow: z.number().int().min(1).max(24).default(4),
});
export type PanelRepeat = z.infer<typeof PanelRepeat>;

/** A length of time: `1h`, `1d`, `1w`. */
export const TimeOffset = z.string().regex(/^\d+[smhdwy]$/);

/** `type` names a folder of `web/src/panels/<type>`. */
export const Panel = z.strictObject({
  id: z.string().min(1).max(64),
  type: z.string().min(1).max(40),
  title: z.string().max(200).default(''),
  description: z.string().max(2_000).default(''),
  place: GridPlace,
  queries: z.array(PanelQuery).max(26).default([]),
  unit: z.string().max(40).default(''),
  decimals: z.number().int().min(0).max(10).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  thresholds: z.array(Threshold).max(20).default([]),
  repeat: PanelRepeat.optional(),
  /** Everything is asked for so much earlier. */
  timeShift: TimeOffset.optional(),
  /** The same queries so much earlier, as dashed lines. */
  compareWith: TimeOffset.optional(),
  /** Events are marked; absent = they are. */
  annotations: z.boolean().optional(),
  /** How single series look; of several that mean a series the later one counts. */
  overrides: z.array(SeriesOverride).max(100).optional(),
  mappings: z.array(ValueMapping).max(100).optional(),
  transformations: z.array(Transformation).max(30).optional(),
  links: z.array(DataLink).max(30).optional(),
  /** Options of the panel type; the panel's folder has their schema. */
  options: z.record(z.string(), z.unknown()).default({}),
});
export type Panel = z.infer<typeof Panel>;

/** The value that stands for all that is offered. */
export const ALL_VALUES = '$__all';

/**
 * `$name`, `${name}` and `${name:format}` in queries and titles are replaced by the chosen value. `label` variables list
 * label values, `query` variables what a query of their language gives (`label_values(metric, label)`, `label_names()`,
 * `metrics(regex)`, `query_result(promql)`, a Graphite path glob, SQL), `interval` and `custom` variables their `values`.
 */
export const Variable = z.strictObject({
  name: z.string().regex(/^[a-zA-Z_]\w*$/),
  title: z.string().max(100).default(''),
  kind: z.enum(['label', 'custom', 'text', 'query', 'interval', 'constant']),
  /** `label`: the label whose values are offered. */
  label: z.string().max(200).default(''),
  /** `label`: metric-query text that narrows the values. */
  match: z.string().max(2_000).default(''),
  /** `query`: the language and the text. */
  language: Language.default('promql'),
  text: z.string().max(10_000).default(''),
  /** `query` and `label`: keeps what matches; the first group, if any, is the value. `/…/` or bare. */
  regex: z.string().max(1_000).default(''),
  /** `custom`, `interval`: the values. */
  values: z.array(z.string()).max(1_000).default([]),
  /** Several values at a time: `value` then holds them with commas between them (a comma of a value is `%2C`). */
  multi: z.boolean().default(false),
  /** Offers {@link ALL_VALUES}. */
  includeAll: z.boolean().default(false),
  /** Shown above the panels or not. */
  hidden: z.boolean().default(false),
  value: z.string().max(2_000).default(''),
});
export type Variable = z.infer<typeof Variable>;

/** What a dashboard is, in the store, in its JSON file and in the editor. */
export const Dashboard = z.strictObject({
  schemaVersion: z.literal(1).default(1),
  title: z.string().min(1).max(200),
  description: z.string().max(2_000).default(''),
  tags: z.array(z.string().max(50)).max(20).default([]),
  variables: z.array(Variable).max(50).default([]),
  panels: z.array(Panel).max(500).default([]),
  /** Shown beside the title. */
  links: z.array(DataLink).max(30).optional(),
  /** Default time range, relative: `now-1h`. */
  from: z.string().default('now-1h'),
});
export type Dashboard = z.infer<typeof Dashboard>;

/** A stored dashboard. `version` grows by one with each save; a save with an older one is refused (409). */
export type StoredDashboard = {
  readonly id: string;
  readonly version: number;
  readonly updatedAt: number;
  readonly updatedBy: string;
  /** Built-in dashboards are read-only: duplicate to change. */
  readonly builtIn: boolean;
  /** It was imported, and what became of it is kept: `GET /api/dashboards/:id/import-report`. */
  readonly imported: boolean;
  readonly dashboard: Dashboard;
};

/**
 * `GET /api/dashboards` lists {@link StoredDashboard}; `POST /api/dashboards` takes a {@link Dashboard} and answers the
 * stored one; `PUT /api/dashboards/:id` takes this: `version` is the one that was edited.
 */
export const SaveDashboardRequest = z.strictObject({ version: z.number().int().min(1), dashboard: Dashboard });
export type SaveDashboardRequest = z.infer<typeof SaveDashboardRequest>;
