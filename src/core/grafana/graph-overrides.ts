import { SeriesLook, type SeriesOverride } from '#core/api/panel-display.ts';
import { unitOf } from './field-config.ts';
import { asText, isObject, type JsonObject, type JsonReader } from './json-reader.ts';
import { seriesColour } from './named-colours.ts';
import type { NoteTaker } from './report.ts';

const MAX = 50;
/** What is a matter of looks only, or of how the editor shows it. */
const ARRANGEMENT =
  /^(?:alias|\$\$.*|linewidth|zindex|pointradius|dashLength|spaceLength|steppedLine|hideTooltip|fillGradient|lines|nullPointMode)$/;

/** Old panels give single series a colour by their name. */
export function aliasColors(panel: JsonReader): SeriesOverride[] {
  const colors = panel.at('aliasColors').take();
  if (!isObject(colors)) return [];
  return Object.entries(colors)
    .slice(0, MAX)
    .flatMap(([name, color]): SeriesOverride[] => {
      const colour = typeof color === 'string' ? seriesColour(color) : undefined;
      return colour === undefined ? [] : [{ by: 'name', of: name.slice(0, 500), look: { colour } }];
    });
}

/** Overrides of the old `graph` panel: a name or `/pattern/`, and what is another way for these series. */
export function graphOverrides(panel: JsonReader, notes: NoteTaker): SeriesOverride[] {
  const right = panel.at('yaxes.1');
  const overrides = panel
    .items('seriesOverrides')
    .slice(0, MAX)
    .flatMap((each) => overrideOf(each.take(), right, notes));
  if (overrides.some(({ look }) => look.axis === 'right')) noteRightAxis(right, notes);
  panel.skip('yaxes.1');
  return overrides;
}

function noteRightAxis(right: JsonReader, notes: NoteTaker): void {
  const label = right.text('label') ?? '';
  if (label !== '') notes.approximated('axis', `the label “${label}” of the right axis is left out`);
  if ((right.number('logBase') ?? 1) !== 1) notes.approximated('axis', 'the right axis is drawn linear');
  const ends = [right.number('min'), right.number('max')].filter((end) => end !== undefined);
  if (ends.length > 0) notes.approximated('axis', `the right axis follows its values, not ${ends.join(' to ')}`);
}

function overrideOf(source: unknown, right: JsonReader, notes: NoteTaker): SeriesOverride[] {
  if (!isObject(source)) return [];
  const alias = asText(source['alias'] ?? '').slice(0, 500);
  const what = `series ${alias}`;
  const look = SeriesLook.safeParse(lookOf(source, right, what, notes));
  const left = Object.keys(source).filter((key) => !ARRANGEMENT.test(key) && !KNOWN.has(key));
  if (left.length > 0) notes.approximated(what, `${left.join(', ')}: the panel's is used`);
  if (!look.success || Object.keys(look.data).length === 0) return [];
  notes.kept(what, `${Object.keys(look.data).join(', ')} of these series`);
  return [{ by: /^\/.+\/\w*$/.test(alias) ? 'regex' : 'name', of: alias, look: look.data }];
}

const KNOWN: ReadonlySet<string> = new Set(
  'color yaxis fill bars points dashes stack transform legend hiddenSeries'.split(' '),
);

function lookOf(source: JsonObject, right: JsonReader, what: string, notes: NoteTaker): JsonObject {
  const { color, yaxis, fill, bars, points, lines, dashes, stack, transform, legend, hiddenSeries } = source;
  const colour = typeof color === 'string' ? seriesColour(color) : undefined;
  const isRight = yaxis === 2 || yaxis === '2';
  const unit = isRight ? unitOf(right.text('format'), `${what}: unit of the right axis`, notes) : '';
  if (typeof stack === 'string') notes.approximated(what, `in a stack of its own (${stack}): beside the others`);
  return {
    ...(colour === undefined ? {} : { colour }),
    ...(isRight ? { axis: 'right', unit } : {}),
    ...(typeof fill === 'number' ? { fill: Math.min(1, Math.max(0, fill / 10)) } : {}),
    ...(bars === true ? { style: 'bars' } : points === true && lines === false ? { style: 'points' } : {}),
    ...(bars === false && lines === true ? { style: 'line' } : {}),
    ...(typeof dashes === 'boolean' ? { dashed: dashes } : {}),
    ...(stack === undefined ? {} : { stacked: stack === true }),
    ...(transform === 'negative-Y' ? { mirrored: true } : {}),
    ...(legend === false ? { legend: false } : {}),
    ...(hiddenSeries === true ? { hidden: true } : {}),
  };
}
