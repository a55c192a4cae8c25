import { AppError } from '#core/errors.ts';
import type { Span } from '#query/promql/ast.ts';

/** The error of a query that cannot be read, worded as Prometheus words it: `1:5: parse error: …`; columns count from 1. */
export function parseError(text: string, span: Span, message: string): AppError {
  const before = text.slice(0, span.from);
  const line = before.split('\n').length;
  const column = span.from - (before.lastIndexOf('\n') + 1) + 1;
  return new AppError('bad_query', `${line}:${column}: parse error: ${message}`, {
    details: { from: span.from, to: span.to, line, column },
  });
}
