import type { RouteRequest, RouteResponse } from '#core/route.ts';
import type { FunctionDef } from '#query/graphite/function-def.ts';
import { FUNCTIONS_BY_NAME, findFunction } from '#query/graphite/functions/index.ts';
import { optionsOf, type Param } from '#query/graphite/params.ts';
import { signatureOf } from '#query/graphite/signature.ts';
import { FormFields } from './form-fields.ts';
import { PIE_MODES } from './picture-options.ts';
import { jsonReply, textReply } from './reply.ts';

/** What is said of a function, of series or of pies. */
type Described = Pick<FunctionDef, 'docs' | 'params'> & { readonly group: string };

/** How a pie makes one value of a series: `pieMode`. */
const PIE_FUNCTIONS: ReadonlyMap<string, Described> = new Map(
  PIE_MODES.map((name) => {
    const params = [{ name: 'series', type: 'series', required: true }] as const;
    return [name, { group: 'Pie', docs: `The ${name} of the values, as the size of the slice.`, params }];
  }),
);

/** A function as graphite-web's `/functions` describes it; Grafana's editor is built from this. */
function info(name: string, def: Described): Record<string, unknown> {
  return {
    name,
    function: signatureOf(name, def),
    description: def.docs,
    module: 'graphite.render.functions',
    group: def.group,
    params: def.params.map(paramInfo),
  };
}

function paramInfo(param: Param): Record<string, unknown> {
  const options = optionsOf(param);
  return {
    name: param.name,
    type: param.offered === undefined ? param.type : 'string',
    ...(param.required === true ? { required: true } : {}),
    ...(param.default === undefined ? {} : { default: param.default }),
    ...(param.multiple === true ? { multiple: true } : {}),
    ...(options.length === 0 ? {} : { options }),
    ...(param.suggestions === undefined ? {} : { suggestions: param.suggestions }),
  };
}

/** JSON in which infinity is a number too large to hold, as graphite-web writes it. */
function toJson(value: unknown, isPretty: boolean): string {
  const mark = '\uE000inf';
  const json = JSON.stringify(
    value,
    (_, item: unknown) => (item === Number.POSITIVE_INFINITY ? mark : item),
    isPretty ? 2 : undefined,
  );
  return json.replaceAll(`"${mark}"`, '1e9999');
}

const isPie = (fields: FormFields): boolean => fields.one('type') === 'pie';

/** `/functions`: all functions by name, by group with `grouped`, of one group with `group`; of pies with `type=pie`. */
export function listFunctions(request: RouteRequest): RouteResponse {
  const fields = new FormFields(request.body);
  const group = fields.one('group');
  const known: ReadonlyMap<string, Described> = isPie(fields) ? PIE_FUNCTIONS : FUNCTIONS_BY_NAME;
  const entries = [...known]
    .filter(([, def]) => group === undefined || def.group === group)
    .map(([name, def]) => ({ name, group: def.group, info: info(name, def) }));
  const byName = (list: typeof entries): unknown => Object.fromEntries(list.map((entry) => [entry.name, entry.info]));
  const answer = fields.flag('grouped')
    ? Object.fromEntries([...Map.groupBy(entries, (entry) => entry.group)].map(([key, list]) => [key, byName(list)]))
    : byName(entries);
  return jsonReply(toJson(answer, fields.flag('pretty')), fields.one('jsonp'));
}

/** `/functions/<name>`: one function, or 404. */
export function describeFunction(request: RouteRequest): RouteResponse {
  const fields = new FormFields(request.body);
  const name = request.params.name ?? '';
  const def = isPie(fields) ? PIE_FUNCTIONS.get(name) : findFunction(name);
  if (def === undefined) return textReply(`Function not found: ${name}\n`, 'text/plain', 404);
  return jsonReply(toJson(info(name, def), fields.flag('pretty')), fields.one('jsonp'));
}
