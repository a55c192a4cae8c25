import type { RulesProvider } from '#core/api/recording.ts';
import type { RouteRequest, RouteResponse } from '#core/route.ts';
import { PromFields } from './fields.ts';
import type { PrometheusApi } from './prometheus-api.ts';
import { success } from './reply.ts';

/** `/api/v1/rules`: the groups of recording rules and their PromQL rules; `type=alert` has none. */
export function listRules({ rules }: PrometheusApi, request: RouteRequest): RouteResponse {
  const isAlertsOnly = new PromFields(request).text('type') === 'alert';
  return success({ groups: isAlertsOnly ? [] : rules.groups().map(groupJson) });
}

function groupJson({ group, status }: ReturnType<RulesProvider['groups']>[number]) {
  return {
    name: group.name,
    file: 'recording',
    interval: group.intervalMs / 1000,
    limit: group.limit,
    evaluationTime: status.rules.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000,
    lastEvaluation: new Date(status.lastAt).toISOString(),
    rules: group.rules.flatMap(({ language, record, expr, labels }, i) => {
      if (language !== 'promql') return [];
      const rule = status.rules[i];
      const answer = {
        ...{ type: 'recording', name: record, query: expr, labels },
        health: rule === undefined || rule.lastAt === 0 ? 'unknown' : rule.error === '' ? 'ok' : 'err',
        ...(rule?.error ? { lastError: rule.error } : {}),
        evaluationTime: (rule?.durationMs ?? 0) / 1000,
        lastEvaluation: new Date(rule?.lastAt ?? 0).toISOString(),
      };
      return [answer];
    }),
  };
}
