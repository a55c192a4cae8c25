import type { PanelQuery } from '#core/api/dashboard.ts';
import { type DatasourceTypes, languageOf } from './datasource.ts';
import { resolveReferences } from './graphite-references.ts';
import { asText, isObject, type JsonObject, type JsonReader } from './json-reader.ts';
import { convertLogTarget } from './log-target.ts';
import { convertLegend, convertText } from './query-text.ts';
import type { NoteTaker } from './report.ts';

/** A query that cannot be asked here: kept as it was. */
export type KeptQuery = { readonly refId: string; readonly reason: string; readonly source: unknown };

export type ConvertedTargets = {
  readonly queries: readonly PanelQuery[];
  /** The letter of each of `queries`. */
  readonly refIds: readonly string[];
  readonly unsupported: readonly KeptQuery[];
};

const MAX_QUERIES = 26;
const MAX_TEXT = 10_000;
/** What the editor of a query remembers, and what our runner decides. */
const EDITOR_FIELDS =
  'editorMode,range,key,queryType,useBackend,fullMetaSearch,includeNullMetadata,disableTextWrap,textEditor,refCount,datasource,refId,step,intervalFactor,hide,metric,resolution,dsType,targetFull,adhocFilters,legendFormat';

/** The queries of a panel. */
export function convertTargets(panel: JsonReader, types: DatasourceTypes, notes: NoteTaker): ConvertedTargets {
  const panelType = types.typeOf(panel.at('datasource').take());
  const queries: PanelQuery[] = [];
  const refIds: string[] = [];
  const unsupported: KeptQuery[] = [];
  const targets = panel.items('targets');
  const siblings = graphiteTexts(targets);
  targets.forEach((target, index) => {
    const refId = target.text('refId') ?? String.fromCharCode(65 + (index % MAX_QUERIES));
    const what = `query ${refId}`;
    const read = convertTarget(target, { types, panelType, siblings, what, notes });
    const reason =
      'reason' in read
        ? read.reason
        : queries.length >= MAX_QUERIES
          ? `a panel has ${MAX_QUERIES} queries at most`
          : undefined;
    if (reason === '') target.take();
    else if (reason !== undefined) {
      unsupported.push({ refId, reason, source: target.take() });
      notes.unsupported(what, reason);
    } else if ('query' in read) {
      queries.push(read.query);
      refIds.push(refId);
    }
  });
  return { queries, refIds, unsupported };
}

type TargetContext = {
  readonly types: DatasourceTypes;
  readonly panelType: string | undefined;
  readonly siblings: ReadonlyMap<string, string>;
  readonly what: string;
  readonly notes: NoteTaker;
};

/** An empty reason is that of an empty query. */
function convertTarget(
  target: JsonReader,
  { types, panelType, siblings, what, notes }: TargetContext,
): { readonly query: PanelQuery } | { readonly reason: string } {
  const source = isObject(target.value) ? target.value : {};
  const own = types.typeOf(source['datasource']);
  const isSet = isObject(source['datasource']) || typeof source['datasource'] === 'string';
  const type = isSet && own !== undefined ? own : panelType === '-- Mixed --' ? own : panelType;
  const found = languageOf(type, source);
  if (isBlank(source)) return { reason: '' };
  if ('reason' in found) return found;
  if (found.language === 'logs') return logTarget(target, source, what, notes);
  const text = target.text(source['expr'] === undefined ? 'target' : 'expr');
  if (text === undefined || text.trim() === '') return { reason: 'it has no text' };
  target.skip(...EDITOR_FIELDS.split(','));
  if (found.language === 'promql') noteSettings(target, what, notes);
  const resolved = found.language === 'graphite' ? resolveReferences(text, siblings) : text;
  const converted = convertText(resolved, what, notes);
  if (converted.length > MAX_TEXT) return { reason: `its text is longer than ${MAX_TEXT} characters` };
  const legend = typeof source['legendFormat'] === 'string' ? source['legendFormat'] : '';
  return {
    query: {
      language: found.language,
      text: converted,
      legend: convertLegend(legend, `${what} legend`, notes),
      hidden: source['hide'] === true,
    },
  };
}

/** A query of Loki or Elasticsearch in our language for logs. */
function logTarget(
  target: JsonReader,
  source: JsonObject,
  what: string,
  notes: NoteTaker,
): { readonly query: PanelQuery } | { readonly reason: string } {
  const converted = convertLogTarget(source);
  if ('reason' in converted) return converted;
  target.take();
  for (const note of converted.notes) notes.approximated(what, note);
  const text = convertText(converted.text, what, notes);
  if (text.length > MAX_TEXT) return { reason: `its text is longer than ${MAX_TEXT} characters` };
  const legend = convertLegend(asText(source['legendFormat'] ?? source['alias'] ?? ''), `${what} legend`, notes);
  return { query: { language: 'logs', text, legend, hidden: source['hide'] === true } };
}

function noteSettings(target: JsonReader, what: string, notes: NoteTaker): void {
  const format = target.text('format') ?? 'time_series';
  const interval = target.text('interval') ?? '';
  if (format === 'heatmap') notes.kept(what, 'buckets are read from the label le');
  if (target.flag('instant') === true) notes.kept(what, 'instant: the newest value of the time range is shown');
  if (target.flag('exemplar') === true) notes.kept(what, 'exemplars are not drawn');
  if (interval !== '') {
    notes.approximated(what, `the least step ${interval} is not kept: steps follow the width of the panel`);
  }
}

/** A row of the query editor that was never filled in. */
function isBlank(source: Readonly<Record<string, unknown>>): boolean {
  const texts = ['expr', 'target', 'rawSql', 'query', 'expression', 'queryText'];
  const written = texts.some((key) => source[key] !== undefined && source[key] !== '');
  const isEditors = Object.keys(source).every((key) => texts.includes(key) || EDITOR_FIELDS.split(',').includes(key));
  return !written && isEditors;
}

function graphiteTexts(targets: readonly JsonReader[]): ReadonlyMap<string, string> {
  const texts = targets.flatMap(({ value }): [string, string][] =>
    isObject(value) && typeof value['target'] === 'string' ? [[asText(value['refId']), value['target']]] : [],
  );
  return new Map(texts);
}
