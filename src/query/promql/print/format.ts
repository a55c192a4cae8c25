import type { Expr } from '#query/promql/ast.ts';
import { aggregatorText, operatorText, printQuery, subqueryText } from './print.ts';

const MAX_LINE = 100;

/** A query laid out as Prometheus' `/api/v1/format_query` does: what is longer than 100 characters goes on more lines. */
export const formatQuery = (expr: Expr): string => format(expr, 0);

function format(expr: Expr, level: number): string {
  const indent = '  '.repeat(level);
  const line = printQuery(expr);
  if (new TextEncoder().encode(line).length <= MAX_LINE) return expr.kind === 'subquery' ? line : indent + line;
  switch (expr.kind) {
    case 'aggregate': {
      const param = expr.param === undefined ? '' : `${format(expr.param, level + 1)},\n`;
      return `${indent}${aggregatorText(expr)}(\n${param}${format(expr.expr, level + 1)}\n${indent})`;
    }
    case 'binary':
      return `${format(expr.left, level + 1)}\n${indent}${operatorText(expr)}\n${format(expr.right, level + 1)}`;
    case 'call':
      return `${indent}${expr.name}(\n${expr.args.map((arg) => format(arg, level + 1)).join(',\n')}\n${indent})`;
    case 'paren':
      return `${indent}(\n${format(expr.expr, level + 1)}\n${indent})`;
    case 'subquery':
      return format(expr.expr, level) + subqueryText(expr);
    case 'unary':
      return `${indent}${expr.op}${format(expr.expr, level).trim()}`;
    default:
      return indent + line;
  }
}
