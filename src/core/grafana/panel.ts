import { Panel } from '#core/api/dashboard.ts';
import type { DatasourceTypes } from './datasource.ts';
import { convertDefaults } from './field-config.ts';
import { JsonReader } from './json-reader.ts';
import { isRow, type PlacedPanel } from './layout.ts';
import { leftovers } from './leftovers.ts';
import { LIBRARY_PANEL } from './library-panels.ts';
import { applyOverrides, type WithOverrides } from './overrides.ts';
import type { PanelConverter } from './panel-draft.ts';
import { fieldTexts, repeatAndTime } from './panel-fields.ts';
import { searchOfPanel } from './panel-logs.ts';
import { converterOf, hasQueries } from './panels.ts';
import { isPanelPresentation } from './presentation-fields.ts';
import { convertText, shortened } from './query-text.ts';
import { type Fidelity, type NoteTaker, type PanelReport, takeNotes } from './report.ts';
import { type ConvertedTargets, convertTargets } from './targets.ts';
import { convertTransformations } from './transformations.ts';

export type ConvertedPanel = { readonly panel: Panel; readonly report: PanelReport };

const MAX_TYPE = 40;
const MAX_ROWS_OF_PLACEHOLDER = 26;

/** One panel with everything that was said about it. */
export function convertPanel({ source, place }: PlacedPanel, id: string, types: DatasourceTypes): ConvertedPanel {
  const reader = new JsonReader(source);
  const notes = takeNotes();
  const type = reader.text('type') ?? 'unnamed';
  const title = shortened(convertText(reader.text('title') ?? '', 'title', notes), 200, 'title', notes);
  const description = shortened(reader.text('description') ?? '', 2_000, 'description', notes);
  const body = isRow(source) ? rowBody(reader, notes) : panelBody(reader, { type, types, notes });
  const head = { id, title, description, place };
  const around = isRow(source) ? {} : repeatAndTime(reader, notes);
  const read = Panel.safeParse({ ...head, ...around, ...body.part });
  if (!read.success) notes.unsupported('panel', `${read.error.issues[0]?.message ?? 'not valid'}: its JSON is kept`);
  const panel = read.data ?? Panel.parse({ ...head, type: placeholderType(type), options: { grafana: { source } } });
  const isLost = body.isLost || !read.success;
  for (const { path, value } of leftovers(reader, isPanelPresentation))
    notes.approximated(path, `${value} is left out`);
  const worst: Fidelity = notes.notes.some(({ level }) => level !== 'kept') ? 'approximated' : 'kept';
  return { panel, report: { id, title, type, status: isLost ? 'unsupported' : worst, notes: notes.notes } };
}

type Body = { readonly part: Partial<Panel> & Pick<Panel, 'type'>; readonly isLost: boolean };
type BodyContext = { readonly type: string; readonly types: DatasourceTypes; readonly notes: NoteTaker };

function rowBody(reader: JsonReader, notes: NoteTaker): Body {
  const collapsed = reader.flag('collapsed') ?? false;
  const repeat = reader.text('repeat') ?? '';
  if (repeat !== '') notes.approximated('repeat', `each panel of the row is repeated for ${repeat}, not the row`);
  reader.skip('panels', 'targets', 'datasource', 'collapse');
  return { part: { type: 'row', options: { collapsed } }, isLost: false };
}

function panelBody(reader: JsonReader, context: BodyContext): Body {
  const { type, types, notes } = context;
  const targets = hasQueries(type)
    ? convertTargets(reader, types, notes)
    : { queries: [], refIds: [], unsupported: [] };
  reader.skip('targets', 'datasource');
  const isSilent = hasQueries(type) && targets.queries.length === 0;
  if (isSilent && targets.unsupported.length > 0) return placeholder(reader, targets, context);
  const converter = converterOf(type);
  if (isSilent && converter !== undefined) notes.approximated('queries', 'it has none');
  if (converter === undefined)
    return isSilent ? placeholder(reader, targets, context) : asTable(reader, targets, context);
  return converted(reader, { converter, targets, notes });
}

type Converting = { readonly converter: PanelConverter; readonly targets: ConvertedTargets; readonly notes: NoteTaker };

function converted(reader: JsonReader, { converter, targets, notes }: Converting): Body {
  const draft = converter(reader, notes);
  const start: WithOverrides = { draft, queries: targets.queries };
  const named = fieldTexts(reader, start, notes);
  const { refIds } = targets;
  const { whole: stepped, columns } = convertTransformations(reader, named, refIds, notes);
  const whole = applyOverrides(reader, stepped, { refIds, columns }, notes);
  const options = targets.unsupported.length === 0 ? {} : { grafana: { queries: targets.unsupported } };
  const isLog = draft.type === 'logs';
  const search = isLog ? { query: searchOfPanel(whole.queries, notes) } : {};
  const queries = isLog ? [] : [...whole.queries];
  const part = { ...whole.draft, queries, options: { ...search, ...whole.draft.options, ...options } };
  return { part, isLost: false };
}

/** A type that we do not have, with queries that we can ask: their newest values as a table. */
function asTable(reader: JsonReader, { queries, unsupported }: ConvertedTargets, { type, notes }: BodyContext): Body {
  notes.unsupported('type', `there is no panel like ${type}: its queries are shown as a table, its JSON is kept`);
  const source = reader.take();
  reader.skip('options', 'fieldConfig');
  const format = convertDefaults(new JsonReader(source), notes, 'as colour');
  const options = { show: 'latest', grafana: { source, queries: unsupported } };
  return { part: { type: 'table', ...format, queries: [...queries], options }, isLost: true };
}

/** Nothing can be shown: the panel stands in its place with the texts of its queries. */
function placeholder(reader: JsonReader, { unsupported }: ConvertedTargets, { type, notes }: BodyContext): Body {
  const isKnown = converterOf(type) !== undefined;
  const unknown =
    type === LIBRARY_PANEL ? 'the file does not hold this library panel' : `there is no panel like ${type}`;
  const how = isKnown ? 'none of its queries can be asked here' : unknown;
  notes.unsupported('type', `${how}: its JSON is kept`);
  const queries = unsupported.slice(0, MAX_ROWS_OF_PLACEHOLDER).map(({ source, refId, reason }) => ({
    language: 'metrics' as const,
    text: shortText(source),
    legend: `${refId}: ${reason}`.slice(0, 200),
    hidden: true,
  }));
  const source = reader.take();
  return { part: { type: placeholderType(type), queries, options: { grafana: { source } } }, isLost: true };
}

const placeholderType = (type: string): string => `grafana:${type}`.slice(0, MAX_TYPE);

/** The text of a query of any data source. */
function shortText(source: unknown): string {
  const fields = new JsonReader(source);
  const named = ['expr', 'rawSql', 'query', 'target', 'expression'].map((field) => fields.text(field));
  const text = named.find((each) => each !== undefined && each.trim() !== '') ?? JSON.stringify(source) ?? '';
  return text.slice(0, 10_000);
}
