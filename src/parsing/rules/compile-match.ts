import type { LogRuleMatch } from '#core/api/log-rules.ts';
import { compileLogFilter } from '#core/log-query/match.ts';
import { parseLogQuery } from '#core/log-query/parse.ts';
import type { LogRecord } from '#core/model/log-record.ts';
import { type LogDraft, uniqueFields } from '#parsing/log-draft.ts';
import { compileRe2 } from '#parsing/re2-pattern.ts';
import { boundedText } from './bounded-text.ts';
import { compileGlob } from './glob.ts';
import { readPart } from './record-parts.ts';

type Test = (draft: LogDraft, now: number) => boolean;

/** Whether a record is one that a rule is for. Throws Error for a pattern or a query that cannot be read. */
export function compileMatch(match: LogRuleMatch): Test {
  const tests: Test[] = [];
  for (const name of ['source', 'service', 'host', 'body'] as const) {
    const glob = match[name];
    if (glob === undefined) continue;
    const test = compileGlob(glob);
    tests.push((draft) => test(draft[name]));
  }
  for (const [name, glob] of Object.entries(match.fields ?? {})) {
    const test = compileGlob(glob);
    tests.push((draft) => {
      const value = readPart(draft, name);
      return value !== undefined && test(value);
    });
  }
  const { contains, regex, query } = match;
  if (contains !== undefined) tests.push((draft) => draft.body.includes(contains));
  if (regex !== undefined) {
    const pattern = compileRe2(regex);
    tests.push((draft) => pattern.matcher(boundedText(draft.body)).find());
  }
  if (query !== undefined) tests.push(compileQuery(query));
  return (draft, now) => tests.every((test) => test(draft, now));
}

function compileQuery(text: string): Test {
  const query = parseLogQuery(text);
  if (query.pipes.length > 0) throw new Error('a condition has no pipes: write what stands before the first "|" only');
  const matches = compileLogFilter(query);
  return (draft, now) => matches(recordView(draft, now));
}

function recordView(draft: LogDraft, now: number): LogRecord {
  const { t, severity, host, service, source, resource, traceId, spanId, fields } = draft;
  const body = boundedText(draft.body);
  const attributes = uniqueFields(fields);
  return {
    t: Number.isFinite(t) ? t : now,
    ...{ severity, host, service, source, body, attributes, resource, traceId, spanId },
  };
}
