import type { PanelQuery } from '#core/api/dashboard.ts';
import { Transformation } from '#core/api/panel-display.ts';
import { type ColumnNames, columnNames, type TableShape } from './column-names.ts';
import type { JsonReader } from './json-reader.ts';
import type { WithOverrides } from './overrides.ts';
import type { NoteTaker } from './report.ts';
import { SERIES_STEPS } from './series-transformations.ts';
import type { Converted, StepContext, StepConverter } from './step-converter.ts';
import { TABLE_STEPS } from './table-transformations.ts';

/** Panels that show a table of rows. */
const ROWS = 'table';
const MAX_STEPS = 30;
/** What prepares frames for Grafana's own drawing, and what changes nothing here. */
const NOTHING_TO_DO = new Set(['prepareTimeSeries', 'convertFieldType', 'concatenate', 'renameFields', 'formatTime']);

export type ConvertedSteps = {
  readonly whole: WithOverrides;
  /** How columns are called after all steps; undefined while there are series. */
  readonly columns: ColumnNames | undefined;
};

/** The steps of a panel. A table whose columns are spoken of gets its rows by labels, as Grafana's has them. */
export function convertTransformations(
  panel: JsonReader,
  whole: WithOverrides,
  refIds: readonly string[],
  notes: NoteTaker,
): ConvertedSteps {
  const panelType = whole.draft.type;
  const isTable = panelType === ROWS;
  let shape: TableShape | undefined;
  let { queries } = whole;
  const steps: Transformation[] = [];
  for (const each of panel.items('transformations')) {
    const id = each.text('id') ?? 'unnamed';
    const isDisabled = each.flag('disabled') === true;
    each.take();
    if (isDisabled) continue;
    const what = `transformation ${id}`;
    const column = shape === undefined && !isTable ? (name: string) => name : columnNames(shape ?? 'labels', refIds);
    const context = { shape, column, panelType, what, notes };
    const converted = convertOne(id, each.at('options'), context);
    const reason = 'reason' in converted ? converted.reason : problemOf(converted.steps);
    if (reason !== undefined || 'reason' in converted) {
      notes.unsupported(what, reason ?? '');
      continue;
    }
    const needsRows = isTable && shape === undefined && converted.shape === undefined && makesRows(converted.steps);
    steps.push(...(needsRows ? [{ kind: 'merge' } as const] : []), ...converted.steps);
    shape = converted.shape ?? (needsRows ? 'labels' : shape);
    queries = hide(queries, refIds, converted.hidden);
    if (converted.but === undefined) notes.kept(what, told(converted.steps));
    else notes.approximated(what, converted.but);
  }
  if (isTable && shape === undefined && speaksOfColumns(panel)) {
    steps.push({ kind: 'merge' });
    shape = 'labels';
  }
  if (steps.length > MAX_STEPS) notes.approximated('transformations', `the first ${MAX_STEPS} of ${steps.length}`);
  const draft = steps.length === 0 ? whole.draft : { ...whole.draft, transformations: steps.slice(0, MAX_STEPS) };
  return { whole: { draft, queries }, columns: shape === undefined ? undefined : columnNames(shape, refIds) };
}

function convertOne(id: string, options: JsonReader, context: StepContext): Converted {
  if (NOTHING_TO_DO.has(id)) return { steps: [] };
  const table = context.panelType === ROWS ? TABLE_STEPS : {};
  const own = Object.hasOwn(table, id) ? (table as Readonly<Record<string, StepConverter>>)[id] : undefined;
  const any = Object.hasOwn(SERIES_STEPS, id) ? SERIES_STEPS[id] : undefined;
  const convert = own ?? any;
  if (convert !== undefined) return convert(options, context);
  const isOfTables = Object.hasOwn(TABLE_STEPS, id);
  return { reason: isOfTables ? 'only tables show rows here' : 'there is no such step here' };
}

function problemOf(steps: readonly Transformation[]): string | undefined {
  const [wrong] = steps.flatMap((step) => Transformation.safeParse(step).error?.issues ?? []);
  return wrong === undefined ? undefined : `${wrong.path.join('.')}: ${wrong.message}`;
}

/** Steps that speak of columns, and not of series. */
function makesRows(steps: readonly Transformation[]): boolean {
  return steps.some(({ kind }) => kind === 'organise' || kind === 'group' || kind === 'where' || kind === 'sort');
}

/** True when overrides of the panel name single columns. */
export function speaksOfColumns(panel: JsonReader): boolean {
  return panel.items('fieldConfig.overrides').some(({ value }) => {
    const matcher = (value as { matcher?: { id?: unknown } } | null)?.matcher?.id;
    return matcher === 'byName' || matcher === 'byNames' || matcher === 'byRegexp';
  });
}

function hide(
  queries: readonly PanelQuery[],
  refIds: readonly string[],
  isHidden: ((refId: string) => boolean) | undefined,
): readonly PanelQuery[] {
  if (isHidden === undefined) return queries;
  return queries.map((query, index) => (isHidden(refIds[index] ?? '') ? { ...query, hidden: true } : query));
}

function told(steps: readonly Transformation[]): string {
  if (steps.length === 0) return 'nothing is to be done here';
  return `as ${steps.length === 1 ? 'the step' : 'the steps'} ${steps.map(({ kind }) => kind).join(', ')}`;
}
