import type { RouteRequest, RouteResponse } from '#core/route.ts';
import { evaluateGraphite } from '#query/graphite/evaluate.ts';
import type { Series } from '#query/graphite/series.ts';
import { bodyOf, joined } from './answer-body.ts';
import { FormFields } from './form-fields.ts';
import type { GraphiteApi } from './graphite-api.ts';
import { readPictureOptions } from './picture-options.ts';
import { renderJson } from './render-json.ts';
import { type RenderFormat, type RenderOptions, readRenderOptions } from './render-options.ts';
import { renderPickle } from './render-pickle.ts';
import { readPieTarget, renderPicture, renderPie } from './render-picture.ts';
import { renderCsv, renderDygraph, renderRaw, renderRickshaw } from './render-text.ts';
import { bodyReply, jsonReply, textReply } from './reply.ts';

/** `/render`: evaluates the targets and answers in the format asked for. */
export async function render(api: GraphiteApi, request: RouteRequest): Promise<RouteResponse> {
  const now = Math.floor(api.clock.now() / 1000);
  const fields = new FormFields(request.body);
  const options = readRenderOptions(fields, { now, timeZone: api.timeZone });
  const evaluate: Evaluate = (targets) =>
    evaluateGraphite(api.source, {
      ...options,
      targets,
      signal: request.signal,
      ...(api.limits === undefined ? {} : { limits: api.limits }),
    });
  const { painter } = api;
  if (options.graphType === 'pie') return pie(evaluate, { ...options, painter }, fields);
  if (options.format === 'png' || options.format === 'svg') {
    const look = readPictureOptions(fields);
    return renderPicture(await evaluate(options.targets), look, { ...options, painter, format: options.format });
  }
  return formatted(await evaluate(options.targets), options, options.format);
}

type Evaluate = (targets: readonly string[]) => Promise<readonly Series[]>;

/** A pie is always a picture. */
async function pie(
  evaluate: Evaluate,
  options: RenderOptions & Pick<GraphiteApi, 'painter'>,
  fields: FormFields,
): Promise<RouteResponse> {
  const look = readPictureOptions(fields);
  const slices: (Series | { name: string; value: number })[] = [];
  for (const target of options.targets.map(readPieTarget)) {
    if ('value' in target) slices.push(target);
    else slices.push(...(await evaluate([target.target])));
  }
  return renderPie(slices, look, { ...options, format: options.format === 'svg' ? 'svg' : 'png' });
}

async function formatted(
  list: readonly Series[],
  options: RenderOptions,
  format: Exclude<RenderFormat, 'png' | 'svg'>,
): Promise<RouteResponse> {
  switch (format) {
    case 'pickle':
      return bodyReply(renderPickle(list), 'application/pickle');
    case 'json':
      return pointsReply(renderJson(list, options), options.jsonp);
    case 'csv':
      return textReply(await joined(renderCsv(list, options.timeZone)), 'text/csv');
    case 'raw':
      return textReply(await joined(renderRaw(list)), 'text/plain');
    case 'dygraph':
      return jsonReply(await joined(renderDygraph(list)), options.jsonp);
    case 'rickshaw':
      return jsonReply(await joined(renderRickshaw(list)), options.jsonp);
  }
}

/** JSON that may be long; a call around it needs it whole. */
async function pointsReply(pieces: Generator<Uint8Array>, jsonp: string | undefined): Promise<RouteResponse> {
  const isPlain = jsonp === undefined || jsonp === '';
  return isPlain ? bodyReply(bodyOf(pieces), 'application/json') : jsonReply(await joined(pieces), jsonp);
}
