import { AppError } from '#core/errors.ts';
import { parseAtTime } from '#query/graphite/at-time.ts';
import { isTimeZone } from '#query/graphite/time-zone.ts';
import type { FormFields } from './form-fields.ts';

/** Formats that `/render` answers in. */
export const FORMATS = ['png', 'svg', 'json', 'csv', 'raw', 'pickle', 'dygraph', 'rickshaw'] as const;
export type RenderFormat = (typeof FORMATS)[number];

/** A render request as asked for. Times in epoch seconds. */
export type RenderOptions = {
  readonly targets: readonly string[];
  readonly format: RenderFormat;
  readonly graphType: 'line' | 'pie';
  readonly from: number;
  readonly until: number;
  readonly now: number;
  readonly timeZone: string;
  readonly xFilesFactor: number;
  readonly template: ReadonlyMap<string, string>;
  readonly maxDataPoints: number | undefined;
  readonly noNullPoints: boolean;
  readonly jsonp: string | undefined;
  readonly pretty: boolean;
};

/** What "now" is and which zone counts when the request names none. */
export type RenderDefaults = { readonly now: number; readonly timeZone: string };

/** Reads the parameters of `/render`; throws `bad_request` and `bad_query`. */
export function readRenderOptions(fields: FormFields, defaults: RenderDefaults): RenderOptions {
  const targets = fields.all('target').length > 0 ? fields.all('target') : fields.all('target[]');
  const base = readBase(fields, defaults);
  const maxDataPoints = fields.one('maxDataPoints');
  return {
    targets,
    ...base,
    ...readRange(fields, base),
    format: readFormat(fields),
    graphType: readGraphType(fields),
    xFilesFactor: readFactor(fields),
    template: readTemplate(fields),
    maxDataPoints: maxDataPoints !== undefined && /^[1-9]\d*$/.test(maxDataPoints) ? Number(maxDataPoints) : undefined,
    noNullPoints: fields.has('noNullPoints'),
    jsonp: fields.one('jsonp'),
    pretty: fields.flag('pretty'),
  };
}

/** "Now" and the zone of a request; an unknown zone is ignored, as Graphite does. */
export function readBase(fields: FormFields, defaults: RenderDefaults): RenderDefaults {
  const zone = fields.one('tz');
  const timeZone = zone !== undefined && isTimeZone(zone) ? zone : defaults.timeZone;
  const now = fields.one('now');
  return { timeZone, now: now === undefined ? defaults.now : parseAtTime(now, { ...defaults, timeZone }) };
}

function readRange(fields: FormFields, base: RenderDefaults): { from: number; until: number } {
  const from = parseAtTime(fields.one('from') ?? '-1d', base);
  const until = parseAtTime(fields.one('until') ?? 'now', base);
  if (from === until) throw new AppError('bad_request', 'Invalid empty time range');
  return { from: Math.min(from, until), until: Math.max(from, until) };
}

function readGraphType(fields: FormFields): 'line' | 'pie' {
  const type = fields.one('graphType') ?? 'line';
  if (type === 'line' || type === 'pie') return type;
  throw new AppError('bad_request', `Invalid graphType '${type}', must be one of line, pie`);
}

/** As graphite-web: a picture unless something else is asked for. */
function readFormat(fields: FormFields): RenderFormat {
  const short = fields.has('rawData') ? 'raw' : fields.has('pickle') ? 'pickle' : 'png';
  const asked = fields.one('format') ?? short;
  const format = FORMATS.find((name) => name === asked);
  if (format !== undefined) return format;
  throw new AppError('bad_request', `Format '${asked}' is not supported; supported are ${FORMATS.join(', ')}`);
}

function readFactor(fields: FormFields): number {
  const text = fields.one('xFilesFactor') ?? '0';
  const factor = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isNaN(factor)) throw new AppError('bad_request', `Invalid xFilesFactor '${text}': it must be a number`);
  return factor;
}

function readTemplate(fields: FormFields): Map<string, string> {
  const names = fields.names().filter((name) => name.startsWith('template[') && name.endsWith(']'));
  return new Map(names.map((name) => [name.slice('template['.length, -1), fields.one(name) ?? '']));
}
