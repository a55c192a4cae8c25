import type { Dashboard } from '#core/api/dashboard.ts';
import { messageOf } from '#core/errors.ts';
import { convertGrafanaDashboard, type FidelityReport, isGrafanaDashboard } from '#core/grafana/index.ts';
import { readDashboardJson } from '#web/features/dashboards/dashboard-json.ts';

/** What a text is: a dashboard of ours or of Grafana's, or why it is neither. */
export type ReadImport =
  | { readonly ok: true; readonly dashboard: Dashboard; readonly report?: FidelityReport }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads a file or a pasted text; undefined when there is none. Whose dashboard it is shows in its fields. */
export function readImport(text: string): ReadImport | undefined {
  if (text.trim() === '') return undefined;
  const json = parsed(text);
  if (json === undefined || !isGrafanaDashboard(json)) return readDashboardJson(text);
  try {
    return { ok: true, ...convertGrafanaDashboard(json) };
  } catch (error) {
    return { ok: false, problems: [messageOf(error)] };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
