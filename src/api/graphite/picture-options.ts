import { AppError } from '#core/errors.ts';
import type { ChartAxis, ChartSpec } from '#query/picture/index.ts';
import { cssColor } from './color.ts';
import type { FormFields } from './form-fields.ts';

const LINE_MODES = ['slope', 'staircase', 'connected'] as const;
const AREA_MODES = ['none', 'first', 'all', 'stacked'] as const;
/** How a pie makes one value of a series. */
export const PIE_MODES = ['average', 'maximum', 'minimum'] as const;
/** Above so many series there is no legend unless asked for, as in graphite-web. */
const LEGEND_ITEMS = 10;
/** The names that templates of dark pictures have. */
const DARK = /dark|classic|noc$|summary/;

/** What `/render` says about the look of a picture. */
export type PictureOptions = {
  readonly chart: Omit<ChartSpec, 'series' | 'timeZone'>;
  readonly lineMode: (typeof LINE_MODES)[number];
  readonly areaMode: (typeof AREA_MODES)[number];
  readonly pieMode: (typeof PIE_MODES)[number];
  readonly areaAlpha: number | undefined;
  readonly lineWidth: number | undefined;
  readonly nullAsZero: boolean;
  readonly uniqueLegend: boolean;
  readonly withoutNull: boolean;
  readonly hasLegend: (series: number) => boolean;
  /** Looks of the series of an axis when there are two. */
  readonly side: Readonly<Record<'left' | 'right', { color?: string; width?: number; dash?: number }>>;
};

/** Reads the parameters of pictures; throws `bad_request` for modes, numbers and sizes that make no picture. */
export function readPictureOptions(fields: FormFields): PictureOptions {
  const isBare = fields.flag('graphOnly');
  const legend = isBare ? 'true' : fields.one('hideLegend')?.toLowerCase();
  return {
    chart: readChart(fields, isBare),
    lineMode: oneOf(fields, 'lineMode', LINE_MODES),
    areaMode: oneOf(fields, 'areaMode', AREA_MODES),
    pieMode: oneOf(fields, 'pieMode', PIE_MODES),
    areaAlpha: number(fields, 'areaAlpha'),
    lineWidth: number(fields, 'lineWidth') ?? number(fields, 'thickness'),
    nullAsZero: fields.flag('drawNullAsZero'),
    uniqueLegend: fields.flag('uniqueLegend'),
    withoutNull: fields.flag('hideNullFromLegend'),
    hasLegend: (series) =>
      legend === undefined || legend === '' ? series <= LEGEND_ITEMS : legend === 'false' || legend === '0',
    side: { left: readSide(fields, 'left'), right: readSide(fields, 'right') },
  };
}

function readChart(fields: FormFields, isBare: boolean): PictureOptions['chart'] {
  const palette = (fields.one('colorList') ?? '').split(',').flatMap((text) => cssColor(text) ?? []);
  const [background, foreground] = [cssColor(fields.one('bgcolor')), cssColor(fields.one('fgcolor'))];
  const margin = isBare ? 0 : number(fields, 'margin');
  const fontSize = number(fields, 'fontSize');
  const title = isBare ? undefined : fields.one('title');
  return {
    width: fields.integer('width', 330),
    height: fields.integer('height', 250),
    theme: DARK.test(fields.one('template') ?? '') ? 'dark' : 'light',
    left: readAxis(fields, 'Left', isBare ? undefined : fields.one('vtitle')),
    right: readAxis(fields, 'Right', isBare ? undefined : fields.one('vtitleRight')),
    hide: isBare ? ['axes', 'grid'] : hidden(fields),
    empty: 'No Data',
    ...(palette.length === 0 ? {} : { palette }),
    ...(background === undefined ? {} : { background }),
    ...(foreground === undefined ? {} : { foreground }),
    ...(margin === undefined ? {} : { margin: Math.min(500, Math.max(0, margin)) }),
    ...(fontSize === undefined ? {} : { fontSize: Math.min(60, Math.max(4, fontSize)) }),
    ...(title === undefined || title === '' ? {} : { title }),
  };
}

function hidden(fields: FormFields): NonNullable<ChartSpec['hide']> {
  const parts = { hideAxes: 'axes', hideXAxis: 'xAxis', hideYAxis: 'yAxis', hideGrid: 'grid' } as const;
  const hide = Object.entries(parts).flatMap(([name, part]) => (fields.flag(name) ? [part] : []));
  return hide.includes('axes') ? [...hide, 'grid'] : hide;
}

function readAxis(fields: FormFields, side: 'Left' | 'Right', label: string | undefined): ChartAxis {
  const own = (name: string): number | undefined =>
    number(fields, `${name}${side}`) ?? (side === 'Left' ? number(fields, name) : undefined);
  const [min, max, logBase] = [own('yMin') ?? own('min'), own('yMax') ?? own('max'), readLogBase(fields)];
  const unit = fields.one('yUnitSystem')?.toLowerCase();
  return {
    unit: unit === 'binary' || unit === 'none' ? unit : 'si',
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(logBase === undefined ? {} : { logBase }),
    ...(label === undefined || label === '' ? {} : { label }),
  };
}

function readLogBase(fields: FormFields): number | undefined {
  if (fields.one('logBase') === 'e') return Math.E;
  const base = number(fields, 'logBase');
  return base === undefined || base <= 1 ? undefined : base;
}

function readSide(fields: FormFields, side: 'left' | 'right'): PictureOptions['side']['left'] {
  const color = cssColor(fields.one(`${side}Color`));
  const width = number(fields, `${side}Width`);
  const dashed = fields.one(`${side}Dashed`);
  const dash =
    dashed === undefined || ['', 'false', '0'].includes(dashed.toLowerCase()) ? undefined : Number(dashed) || 2.5;
  return {
    ...(color === undefined ? {} : { color }),
    ...(width === undefined ? {} : { width }),
    ...(dash === undefined ? {} : { dash }),
  };
}

function oneOf<const T extends string>(fields: FormFields, name: string, options: readonly [T, ...T[]]): T {
  const text = fields.one(name)?.toLowerCase();
  if (text === undefined || text === '' || text === 'default') return options[0];
  const found = options.find((option) => option === text);
  if (found !== undefined) return found;
  throw new AppError('bad_request', `Invalid ${name} '${text}': it must be one of ${options.join(', ')}`);
}

/** A number; undefined when it is missing, empty or `default`. */
function number(fields: FormFields, name: string): number | undefined {
  const text = fields.one(name)?.trim() ?? '';
  if (text === '' || text.toLowerCase() === 'default') return undefined;
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  throw new AppError('bad_request', `Invalid number '${text}' for param ${name}`);
}
