import type { LogValuesAnswer, LogValuesRequest } from '#core/api/logs.ts';
import type { LogFilter } from '#core/log-query/query.ts';
import { textLiteral } from '#query/metrics/literal.ts';
import { askLogs, LOG_LIMITS } from './ask.ts';
import { recordFields } from './field-sql.ts';
import { isPartial, type LogScope, whereOf } from './scope.ts';

/** More different values than these are not told apart: the answer is partial. */
const MAX_VALUES = 200_000;

/** The most frequent values of a field, with what share of the rows has it. */
export async function topValues(
  scope: LogScope,
  request: Omit<LogValuesRequest, 'query'> & { readonly filter: LogFilter },
): Promise<LogValuesAnswer> {
  const started = performance.now();
  const { rows, rowsRead } = await askLogs(scope.store, statement(scope, request), {
    signal: scope.signal,
    settings: {
      timeout_overflow_mode: 'break',
      max_rows_to_group_by: MAX_VALUES,
      group_by_overflow_mode: 'any',
    },
  });
  const [row] = rows;
  const [total, present, distinct, values] = row ?? [0, 0, 0, []];
  const ms = performance.now() - started;
  return {
    values: (values as [string, string][]).map(([value, count]) => ({ value, count: Number(count) })),
    ...{ total: Number(total), present: Number(present), distinct: Number(distinct) },
    stats: {
      rowsRead,
      ms: Math.round(ms),
      partial: Number(distinct) >= MAX_VALUES || isPartial(ms, LOG_LIMITS.seconds),
    },
  };
}

function statement(scope: LogScope, request: Omit<LogValuesRequest, 'query'> & { readonly filter: LogFilter }): string {
  const value = recordFields(scope.index).text(request.field);
  const inner = `SELECT ${value} AS v, count() AS n FROM nocmate.logs WHERE ${whereOf(request.filter, scope, request)} GROUP BY v`;
  const shown = request.prefix === '' ? "v != ''" : `startsWith(v, ${textLiteral(request.prefix)}) AND v != ''`;
  return (
    `SELECT sum(n), sumIf(n, v != ''), countIf(v != ''),` +
    ` arrayMap(x -> (x.2, toString(-x.1)), groupArraySortedIf(${request.limit})((-toInt64(n), toString(v)), ${shown})) FROM (${inner})`
  );
}
