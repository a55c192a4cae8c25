import { convertDefaults, decimalsOf, unitOf } from './field-config.ts';
import { aliasColors } from './graph-overrides.ts';
import { asText, type JsonReader } from './json-reader.ts';
import { convertMappings } from './mappings.ts';
import { figureOf, type PanelDraft, reducedFigure } from './panel-draft.ts';
import type { NoteTaker } from './report.ts';
import { convertThresholds } from './thresholds.ts';

/** A `stat` panel. */
export function convertStat(panel: JsonReader, notes: NoteTaker): PanelDraft {
  const figure = reducedFigure(panel, notes);
  const spark = (panel.text('options.graphMode') ?? 'area') !== 'none';
  const text = panel.text('options.textMode') ?? 'auto';
  if (text === 'name') notes.approximated('text', 'the value is shown beside the name');
  if (panel.flag('options.showPercentChange') === true)
    notes.approximated('change', 'the change in percent is left out');
  return { type: 'stat', ...convertDefaults(panel, notes, 'as colour'), options: { figure, spark } };
}

/** A `gauge` panel; Grafana's goes from 0 to 100 where nothing is said. */
export function convertGauge(panel: JsonReader, notes: NoteTaker): PanelDraft {
  const figure = reducedFigure(panel, notes);
  const format = convertDefaults(panel, notes, 'as colour');
  const top = format.unit === 'ratio' ? 1 : 100;
  return { type: 'gauge', ...format, min: format.min ?? 0, max: format.max ?? top, options: { figure } };
}

/** A `bargauge` panel. */
export function convertBarGauge(panel: JsonReader, notes: NoteTaker): PanelDraft {
  const figure = reducedFigure(panel, notes);
  if (panel.text('options.orientation') === 'vertical') notes.approximated('bars', 'they lie instead of standing');
  return { type: 'bargauge', ...convertDefaults(panel, notes, 'as colour'), options: { figure } };
}

/** A `piechart` panel. */
export function convertPie(panel: JsonReader, notes: NoteTaker): PanelDraft {
  const old = panel.text('valueName');
  const figure = old === undefined ? reducedFigure(panel, notes) : figureOf(old, notes);
  panel.skip('options.pieType', 'pieType', 'legendType', 'combine', 'strokeWidth', 'fontSize', 'breakPoint');
  const overrides = aliasColors(panel);
  return {
    type: 'piechart',
    ...convertDefaults(panel, notes, 'never'),
    ...(overrides.length === 0 ? {} : { overrides }),
    options: { figure },
  };
}

/** The old `singlestat` panel: a stat, or a gauge when it drew one. */
export function convertSingleStat(panel: JsonReader, notes: NoteTaker): PanelDraft {
  const figure = figureOf(panel.text('valueName') ?? 'avg', notes);
  const unit = unitOf(panel.text('format'), 'unit', notes);
  const decimals = decimalsOf(panel.number('decimals'));
  const isGauge = panel.flag('gauge.show') ?? false;
  const min = panel.number('gauge.minValue') ?? 0;
  const max = panel.number('gauge.maxValue') ?? 100;
  const spark = panel.flag('sparkline.show') ?? false;
  panel.skip('gauge', 'sparkline', 'valueName', 'tableColumn');
  noteTexts(panel, notes);
  const maps = [...panel.items('valueMaps'), ...panel.items('rangeMaps')].map((each) => each.take());
  const mappings = convertMappings(maps, 'mappings', notes);
  return {
    type: isGauge ? 'gauge' : 'stat',
    unit,
    ...(decimals === undefined ? {} : { decimals }),
    ...(isGauge ? { min, max } : {}),
    ...(mappings.length === 0 ? {} : { mappings }),
    thresholds: convertThresholds(singleStatSteps(panel), { isPercent: false }, notes),
    options: isGauge ? { figure } : { figure, spark },
  };
}

/** `"80,90"` with three colours; without a coloured value, background or gauge they mean nothing. */
function singleStatSteps(panel: JsonReader): { value: number | undefined; color: string }[] {
  const isColored = [panel.flag('colorValue'), panel.flag('colorBackground'), panel.flag('gauge.show')].includes(true);
  const limits = (panel.text('thresholds') ?? '').split(',').map((each) => Number.parseFloat(each));
  const colors = panel.items('colors').map((each) => asText(each.take()));
  panel.skip('colors');
  if (!isColored || limits.some(Number.isNaN)) return [];
  return [undefined, ...limits].flatMap((value, index) => {
    const color = colors[index];
    return color === undefined ? [] : [{ value, color }];
  });
}

function noteTexts(panel: JsonReader, notes: NoteTaker): void {
  for (const field of ['prefix', 'postfix'] as const) {
    const text = panel.text(field)?.trim() ?? '';
    if (text !== '') notes.approximated('text', `${field} “${text}” is left out`);
  }
}
