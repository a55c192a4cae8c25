import { alertlist } from './alertlist/index.ts';
import { barchart } from './barchart/index.ts';
import { bargauge } from './bargauge/index.ts';
import { dashlist } from './dashlist/index.ts';
import { gauge } from './gauge/index.ts';
import { heatmap } from './heatmap/index.ts';
import { histogram } from './histogram/index.ts';
import { logs } from './logs/index.ts';
import type { PanelType } from './panel-type.ts';
import { piechart } from './piechart/index.ts';
import { row } from './row/index.ts';
import { stat } from './stat/index.ts';
import { stateTimeline } from './state-timeline/index.ts';
import { statusHistory } from './status-history/index.ts';
import { table } from './table/index.ts';
import { text } from './text/index.ts';
import { timeseries } from './timeseries/index.ts';

/** All panel types, in the order in which they are offered. Adding one is a folder and a line here. */
export const PANEL_TYPES: readonly PanelType[] = [
  ...[timeseries, stat, gauge, bargauge, table, barchart, piechart],
  ...[heatmap, histogram, stateTimeline, statusHistory],
  ...[text, row, dashlist, alertlist, logs],
];

/** The type of this id; undefined for what was made by another version or product. */
export function findPanelType(id: string): PanelType | undefined {
  return PANEL_TYPES.find((type) => type.id === id);
}
