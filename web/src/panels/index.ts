import { gauge } from './gauge/index.ts';
import type { PanelType } from './panel-type.ts';
import { stat } from './stat/index.ts';
import { table } from './table/index.ts';
import { text } from './text/index.ts';
import { timeseries } from './timeseries/index.ts';

/** All panel types, in the order in which they are offered. Adding one is a folder and a line here. */
export const PANEL_TYPES: readonly PanelType[] = [timeseries, stat, gauge, table, text];

/** The type of this id; undefined for what was made by another version or product. */
export function findPanelType(id: string): PanelType | undefined {
  return PANEL_TYPES.find((type) => type.id === id);
}
