import { RouteResponse } from '#core/route.ts';
import { queryError } from '#query/graphite/query-error.ts';
import type { Series } from '#query/graphite/series.ts';
import { type Painter, pngOf } from '#query/picture/index.ts';
import type { PictureOptions } from './picture-options.ts';
import { pictureSpec } from './picture-spec.ts';
import { jsonReply } from './reply.ts';

type PictureRequest = {
  readonly painter: Painter;
  readonly format: 'png' | 'svg';
  readonly from: number;
  readonly until: number;
  readonly timeZone: string;
  readonly jsonp: string | undefined;
};

/** `format=png` and `svg`: the series as a chart. */
export async function renderPicture(
  list: readonly Series[],
  options: PictureOptions,
  request: PictureRequest,
): Promise<RouteResponse> {
  return pictureReply(
    await request.painter.draw({ kind: 'chart', spec: pictureSpec(list, options, request) }),
    request,
  );
}

/** A slice of a pie, or a target that is evaluated for slices. */
export type PieTarget = { readonly name: string; readonly value: number } | { readonly target: string };

/** Reads a target of `graphType=pie`: `name:value`, or anything else as usual. Throws `bad_query`. */
export function readPieTarget(target: string): PieTarget {
  const cut = target.indexOf(':');
  if (cut < 0) return { target };
  const value = Number(target.slice(cut + 1));
  if (target.slice(cut + 1).trim() === '' || Number.isNaN(value)) throw queryError(`Invalid target '${target}'`);
  return { name: target.slice(0, cut), value };
}

/** `graphType=pie`: a slice for each series, as large as its average, maximum or minimum. */
export async function renderPie(
  slices: readonly (Series | { readonly name: string; readonly value: number })[],
  options: PictureOptions,
  request: PictureRequest,
): Promise<RouteResponse> {
  const pie = slices.map((slice) => ('value' in slice ? slice : { name: slice.name, value: pieValue(slice, options) }));
  return pictureReply(await request.painter.draw({ kind: 'pie', spec: { ...options.chart, slices: pie } }), request);
}

function pieValue({ values }: Series, { pieMode }: PictureOptions): number {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return 0;
  if (pieMode === 'average') return known.reduce((sum, value) => sum + value, 0) / known.length;
  return known.reduce((a, b) => (pieMode === 'maximum' ? Math.max(a, b) : Math.min(a, b)));
}

async function pictureReply(svg: string, { format, jsonp }: PictureRequest): Promise<RouteResponse> {
  if (format === 'svg' && jsonp !== undefined) return jsonReply(JSON.stringify(svg), jsonp);
  const headers = {
    'content-type': format === 'svg' ? 'image/svg+xml' : 'image/png',
    'cache-control': 'no-cache',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  };
  return new RouteResponse(format === 'svg' ? svg : await pngOf(svg), { headers });
}
