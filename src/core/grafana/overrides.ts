import type { PanelQuery } from '#core/api/dashboard.ts';
import { decimalsOf, unitOf } from './field-config.ts';
import { asText, type JsonReader } from './json-reader.ts';
import type { PanelDraft } from './panel-draft.ts';
import { convertLegend } from './query-text.ts';
import type { NoteTaker } from './report.ts';

export type WithOverrides = { readonly draft: PanelDraft; readonly queries: readonly PanelQuery[] };

type Property = { readonly id: string; readonly value: JsonReader };

/**
 * Overrides that mean all series become the panel's own; of those that mean one query its name and its hiding are taken.
 * All others are noted: series of a panel look alike.
 */
export function applyOverrides(
  panel: JsonReader,
  whole: WithOverrides,
  refIds: readonly string[],
  notes: NoteTaker,
): WithOverrides {
  return panel.items('fieldConfig.overrides').reduce((before, override) => {
    const matcher = override.text('matcher.id') ?? '';
    const wanted = override.at('matcher.options').value;
    const properties = override
      .items('properties')
      .map((each) => ({ id: each.text('id') ?? '', value: each.at('value') }));
    const what = `override ${matcher} ${typeof wanted === 'string' ? wanted : (JSON.stringify(wanted) ?? '')}`.trim();
    override.take();
    const left: string[] = [];
    let after = before;
    for (const property of properties) {
      const applied = isAll(matcher, wanted)
        ? forAll(after, property, what, notes)
        : matcher === 'byFrameRefID'
          ? forQuery(after, refIds.indexOf(asText(wanted)), property, notes)
          : undefined;
      if (applied === undefined) left.push(property.id);
      else after = applied;
    }
    if (left.length > 0) notes.approximated(what, `${left.join(', ')}: all series of a panel look alike`);
    return after;
  }, whole);
}

function isAll(matcher: string, wanted: unknown): boolean {
  return (matcher === 'byType' && wanted === 'number') || (matcher === 'byRegexp' && wanted === '/.*/');
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

/** `${__field.labels.host}` is our `{{host}}`. */
export function legendOfDisplayName(name: string): string {
  return name.replace(/\$\{__(?:field|series)\.labels\.(\w+)\}/g, '{{$1}}');
}
