import type { PanelQuery } from '#core/api/dashboard.ts';
import { type DataLink, SeriesLook, type SeriesOverride } from '#core/api/panel-display.ts';
import { queryLetter } from '#core/panel-data/query-letter.ts';
import { type ColumnNames, unnamed } from './column-names.ts';
import { decimalsOf, unitOf } from './field-config.ts';
import { asText, isObject, type JsonReader } from './json-reader.ts';
import { linkOf } from './links.ts';
import { legendOfDisplayName, lookOfProperty, type Property } from './look-properties.ts';
import { exactly, oneOf } from './name-patterns.ts';
import type { PanelDraft } from './panel-draft.ts';
import { convertLegend } from './query-text.ts';
import type { NoteTaker } from './report.ts';

export type WithOverrides = { readonly draft: PanelDraft; readonly queries: readonly PanelQuery[] };

/** What names of fields in overrides mean: the letters of queries, and the columns of a table. */
export type OverrideNames = { readonly refIds: readonly string[]; readonly columns?: ColumnNames | undefined };

type Target = Pick<SeriesOverride, 'by' | 'of'>;

const MAX = 100;

/** Overrides of Grafana's: what means the whole panel or a whole query becomes its own, all else looks of series. */
export function applyOverrides(
  panel: JsonReader,
  whole: WithOverrides,
  names: OverrideNames,
  notes: NoteTaker,
): WithOverrides {
  const after = panel
    .items('fieldConfig.overrides')
    .reduce((before, override) => applied(before, override, names, notes), whole);
  const { overrides = [] } = after.draft;
  if (overrides.length > MAX) notes.approximated('overrides', `the first ${MAX} of ${overrides.length}`);
  return overrides.length <= MAX ? after : { ...after, draft: { ...after.draft, overrides: overrides.slice(0, MAX) } };
}

function applied(whole: WithOverrides, override: JsonReader, names: OverrideNames, notes: NoteTaker): WithOverrides {
  const matcher = override.text('matcher.id') ?? '';
  const wanted = override.at('matcher.options').value;
  const properties = override
    .items('properties')
    .map((each) => ({ id: each.text('id') ?? '', value: each.at('value') }));
  const what = `override ${matcher} ${typeof wanted === 'string' ? wanted : (JSON.stringify(wanted) ?? '')}`.trim();
  override.take();
  const target = targetOf(matcher, wanted, names);
  if (target === undefined) {
    notes.unsupported(what, `series cannot be chosen so: ${properties.map(({ id }) => id).join(', ')} is left out`);
    return whole;
  }
  const left: string[] = [];
  let look: SeriesLook = {};
  let after = whole;
  for (const property of properties) {
    after = stackedAlone(after, property);
    const own = ofPanelOrQuery(after, { matcher, wanted, property, what }, names, notes);
    const part = own === undefined ? lookOfProperty(property, what, notes) : undefined;
    if (own !== undefined) after = own;
    else if (part === undefined) left.push(property.id);
    else look = { ...look, ...part };
  }
  if (left.length > 0) notes.approximated(what, `${left.join(', ')}: the panel's is used`);
  return withLook(after, target, look, { what, notes });
}

type Said = { readonly what: string; readonly notes: NoteTaker };

function withLook(whole: WithOverrides, target: Target, look: SeriesLook, { what, notes }: Said): WithOverrides {
  if (Object.keys(look).length === 0) return whole;
  const read = SeriesLook.safeParse(look);
  if (!read.success) {
    notes.approximated(what, `${read.error.issues[0]?.message ?? 'not valid'}: it is left out`);
    return whole;
  }
  const isUnnamed = target.by !== 'query' && whole.draft.type !== 'table' && unnamed(whole.queries);
  if (isUnnamed) notes.approximated(what, 'series without a legend are called otherwise here: check the name');
  else notes.kept(what, `${Object.keys(look).join(', ')} of these series`);
  const { overrides = [] } = whole.draft;
  return { ...whole, draft: { ...whole.draft, overrides: [...overrides, { ...target, look: read.data }] } };
}

/** Which series an override means; undefined for matchers that look at values. */
function targetOf(matcher: string, wanted: unknown, { refIds, columns }: OverrideNames): Target | undefined {
  const named = (name: string): string => columns?.(name) ?? name;
  if (isAll(matcher, wanted)) return { by: 'regex', of: '.*' };
  if (matcher === 'byName' && typeof wanted === 'string') return { by: 'name', of: named(wanted).slice(0, 500) };
  if (matcher === 'byRegexp' && typeof wanted === 'string') return { by: 'regex', of: wanted.slice(0, 500) };
  if (matcher === 'byNames' && isObject(wanted) && Array.isArray(wanted['names'])) {
    const list = wanted['names'].map((name) => named(asText(name)));
    const pattern = wanted['mode'] === 'exclude' ? `^(?!${oneOf(list)}$)` : exactly(list);
    return pattern.length > 500 ? undefined : { by: 'regex', of: pattern };
  }
  if (matcher !== 'byFrameRefID') return undefined;
  const place = refIds.indexOf(asText(wanted));
  return place < 0 ? undefined : { by: 'query', of: queryLetter(place) };
}

function isAll(matcher: string, wanted: unknown): boolean {
  return (matcher === 'byType' && wanted === 'number') || (matcher === 'byRegexp' && wanted === '/.*/');
}

type Applying = {
  readonly matcher: string;
  readonly wanted: unknown;
  readonly property: Property;
  readonly what: string;
};

/** What the panel or a query has a field of its own for. */
function ofPanelOrQuery(
  whole: WithOverrides,
  { matcher, wanted, property, what }: Applying,
  { refIds }: OverrideNames,
  notes: NoteTaker,
): WithOverrides | undefined {
  if (property.id === 'links') return withLinks(whole, property, what, notes);
  if (isAll(matcher, wanted)) return forAll(whole, property, what, notes);
  return matcher === 'byFrameRefID' ? forQuery(whole, refIds.indexOf(asText(wanted)), property, notes) : undefined;
}

/** A panel that stacks nothing but these series: all others stand beside the stack. */
function stackedAlone(whole: WithOverrides, { id, value }: Property): WithOverrides {
  const { overrides = [], options } = whole.draft;
  const isNew = id === 'custom.stacking' && options['stack'] === false;
  if (!isNew || (value.text('mode') ?? 'none') === 'none') return whole;
  const others = { by: 'regex' as const, of: '.*', look: { stacked: false } };
  const draft = { ...whole.draft, options: { ...options, stack: true }, overrides: [others, ...overrides] };
  return { ...whole, draft };
}

function withLinks(whole: WithOverrides, { value }: Property, what: string, notes: NoteTaker): WithOverrides {
  const links: DataLink[] = (Array.isArray(value.value) ? value.value : []).flatMap((_, index) =>
    linkOf(value.at(String(index)), 'series', notes),
  );
  if (links.length > 0) notes.approximated(what, 'its links are offered for all series');
  return { ...whole, draft: { ...whole.draft, links: [...(whole.draft.links ?? []), ...links] } };
}

function forAll(
  whole: WithOverrides,
  { id, value }: Property,
  what: string,
  notes: NoteTaker,
): WithOverrides | undefined {
  const { draft } = whole;
  if (id === 'unit' && typeof value.value === 'string') {
    return { ...whole, draft: { ...draft, unit: unitOf(value.value, what, notes) } };
  }
  if (typeof value.value !== 'number') return undefined;
  if (id === 'min' || id === 'max') return { ...whole, draft: { ...draft, [id]: value.value } };
  const decimals = decimalsOf(value.value);
  return id === 'decimals' && decimals !== undefined ? { ...whole, draft: { ...draft, decimals } } : undefined;
}

function forQuery(
  whole: WithOverrides,
  index: number,
  { id, value }: Property,
  notes: NoteTaker,
): WithOverrides | undefined {
  const change = (part: Partial<PanelQuery>): WithOverrides => ({
    ...whole,
    queries: whole.queries.map((query, at) => (at === index ? { ...query, ...part } : query)),
  });
  if (index < 0) return undefined;
  if (id === 'displayName' && typeof value.value === 'string') {
    return change({ legend: convertLegend(legendOfDisplayName(value.value), 'displayName', notes) });
  }
  const isHidden = id === 'custom.hideFrom' && (value.value as { viz?: unknown } | null)?.viz === true;
  return isHidden ? change({ hidden: true }) : undefined;
}
