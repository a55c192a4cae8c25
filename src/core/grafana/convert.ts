import { Dashboard } from '#core/api/dashboard.ts';
import { AppError } from '#core/errors.ts';
import { panelsOfRows } from './classic-rows.ts';
import { convertHead } from './dashboard-fields.ts';
import { datasourceTypes } from './datasource.ts';
import { isObject, type JsonObject, JsonReader } from './json-reader.ts';
import { placePanels } from './layout.ts';
import { leftovers } from './leftovers.ts';
import { libraryModels } from './library-panels.ts';
import { openRows } from './open-rows.ts';
import { convertPanel } from './panel.ts';
import { isDashboardPresentation } from './presentation-fields.ts';
import { countPanels, type FidelityReport, takeNotes } from './report.ts';
import { repeatInRows } from './row-repeat.ts';
import { withSharedQueries } from './shared-queries.ts';
import { readGrafana } from './source-format.ts';
import { convertVariables } from './variables.ts';

export type ConvertedDashboard = { readonly dashboard: Dashboard; readonly report: FidelityReport };

const MAX_PANELS = 500;

/**
 * Turns a Grafana dashboard (classic with `rows` or `panels`, V1 or V2 resource, each also as the HTTP API wraps it) into
 * ours, and tells what became of every part of it. Throws `bad_request` for what is no Grafana dashboard.
 */
export function convertGrafanaDashboard(json: unknown): ConvertedDashboard {
  const source = readGrafana(json);
  const reader = new JsonReader(source.dashboard);
  const notes = takeNotes();
  for (const [what, how] of source.lost) notes.approximated(what, how);
  const types = datasourceTypes(reader);
  const head = convertHead(reader, notes);
  const variables = convertVariables(reader, types, notes);
  const placed = openRows(repeatInRows(placePanels(panelsOf(source.dashboard))), notes);
  if (placed.length > MAX_PANELS) notes.unsupported('panels', `the first ${MAX_PANELS} of ${placed.length}`);
  const panels = placed.slice(0, MAX_PANELS).map((each, index) => convertPanel(each, `p${index + 1}`, types));
  for (const { path, value } of leftovers(reader, isDashboardPresentation))
    notes.approximated(path, `${value} is left out`);
  const dashboard = Dashboard.safeParse({ ...head, variables, panels: panels.map(({ panel }) => panel) });
  if (!dashboard.success) {
    throw new AppError(
      'bad_request',
      `The converted dashboard is not valid: ${dashboard.error.issues[0]?.message ?? ''}`,
    );
  }
  const reports = panels.map(({ report }) => report);
  return {
    dashboard: dashboard.data,
    report: {
      title: head.title,
      format: source.format,
      panels: reports,
      notes: notes.notes,
      totals: countPanels(reports),
    },
  };
}

/** All panels, those of `rows` too; copies that Grafana made of a repeated panel are left to our repetition. */
function panelsOf(dashboard: JsonObject): readonly unknown[] {
  const { panels, rows } = dashboard;
  const models = libraryModels(dashboard);
  const own = Array.isArray(panels) ? panels : [];
  const all = own.length === 0 && Array.isArray(rows) ? panelsOfRows(rows) : own;
  return withSharedQueries(all.filter((panel) => !isCopy(panel)).map(models.fill));
}

function isCopy(panel: unknown): boolean {
  return isObject(panel) && typeof panel['repeatPanelId'] === 'number' && isObject(panel['scopedVars']);
}
