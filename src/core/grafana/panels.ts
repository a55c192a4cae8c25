import type { PanelConverter } from './panel-draft.ts';
import { convertBarGauge, convertGauge, convertPie, convertSingleStat, convertStat } from './panel-figures.ts';
import { convertGraph } from './panel-graph.ts';
import { convertLogs } from './panel-logs.ts';
import {
  convertBarChart,
  convertChart,
  convertDashList,
  convertEmptyList,
  convertHeatmap,
  convertStates,
  convertTable,
  convertTextPanel,
} from './panel-others.ts';
import { convertTimeSeries } from './panel-timeseries.ts';

const CONVERTERS: Readonly<Record<string, PanelConverter>> = {
  timeseries: convertTimeSeries,
  graph: convertGraph,
  stat: convertStat,
  singlestat: convertSingleStat,
  'grafana-singlestat-panel': convertSingleStat,
  gauge: convertGauge,
  bargauge: convertBarGauge,
  table: convertTable,
  'table-old': convertTable,
  text: convertTextPanel,
  text2: convertTextPanel,
  piechart: convertPie,
  'grafana-piechart-panel': convertPie,
  heatmap: convertHeatmap,
  'heatmap-new': convertHeatmap,
  histogram: convertChart('histogram'),
  barchart: convertBarChart,
  'state-timeline': convertStates('state-timeline'),
  'status-history': convertStates('status-history'),
  logs: convertLogs,
  alertlist: convertEmptyList('alertlist', 'it is empty until rules can be set'),
  dashlist: convertDashList,
};

/** Panels that ask nothing. */
const WITHOUT_QUERIES = new Set(['text', 'text2', 'row', 'alertlist', 'dashlist']);

/** What reads the options of a Grafana panel type; undefined for types that we do not have. */
export function converterOf(type: string): PanelConverter | undefined {
  return Object.hasOwn(CONVERTERS, type) ? CONVERTERS[type] : undefined;
}

/** True for panel types that show data of queries. */
export function hasQueries(type: string): boolean {
  return !WITHOUT_QUERIES.has(type);
}
