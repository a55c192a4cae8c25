import type { RouteRequest, RouteResponse } from '#core/route.ts';
import { evaluateGraphite } from '#query/graphite/evaluate.ts';
import type { Series } from '#query/graphite/series.ts';
import { FormFields } from './form-fields.ts';
import type { GraphiteApi } from './graphite-api.ts';
import { renderJson } from './render-json.ts';
import { type RenderOptions, readRenderOptions } from './render-options.ts';
import { renderCsv, renderDygraph, renderRaw, renderRickshaw } from './render-text.ts';
import { jsonReply, textReply } from './reply.ts';

/** `/render`: evaluates the targets and answers in the format asked for. */
export async function render(api: GraphiteApi, request: RouteRequest): Promise<RouteResponse> {
  const now = Math.floor(api.clock.now() / 1000);
  const options = readRenderOptions(new FormFields(request.body), { now, timeZone: api.timeZone });
  const list = await evaluateGraphite(api.source, {
    ...options,
    signal: request.signal,
    ...(api.limits === undefined ? {} : { limits: api.limits }),
  });
  return formatted(list, options);
}

function formatted(list: readonly Series[], options: RenderOptions): RouteResponse {
  switch (options.format) {
    case 'json':
      return jsonReply(renderJson(list, options), options.jsonp);
    case 'csv':
      return textReply(renderCsv(list, options.timeZone), 'text/csv');
    case 'raw':
      return textReply(renderRaw(list), 'text/plain');
    case 'dygraph':
      return jsonReply(renderDygraph(list), options.jsonp);
    case 'rickshaw':
      return jsonReply(renderRickshaw(list), options.jsonp);
  }
}
