import { AGGREGATION_METHODS, AggregationRule } from '../api/ingest-rules.ts';
import { compileAggregation } from './aggregation-pattern.ts';
import { type ConfFault, confLines } from './conf-lines.ts';

/** Rules of a text, and the lines that are none. */
export type ReadAggregations = { readonly rules: readonly AggregationRule[]; readonly faults: readonly ConfFault[] };

const LINE = /^(\S+)\s*\((\d+)\)\s*=\s*(\S+)\s+(\S+)$/;

/** Reads carbon's `aggregation-rules.conf`: one rule a line, `#` begins a comment. */
export function readAggregationConf(text: string): ReadAggregations {
  const rules: AggregationRule[] = [];
  const faults: ConfFault[] = [];
  for (const { line, content } of confLines(text)) {
    const rule = readLine(content);
    if (typeof rule === 'string') faults.push({ line, problem: rule });
    else rules.push(rule);
  }
  return { rules, faults };
}

/** The same text for rules; disabled ones are comments. */
export function printAggregationConf(rules: readonly AggregationRule[]): string {
  return rules
    .map(({ output, frequency, method, input, isEnabled }) => {
      return `${isEnabled ? '' : '# '}${output} (${frequency}) = ${method} ${input}\n`;
    })
    .join('');
}

function readLine(line: string): AggregationRule | string {
  const [, output, frequency, method, input] = LINE.exec(line) ?? [];
  if (output === undefined) return 'a rule is: output (seconds) = method input';
  const read = AggregationRule.safeParse({ output, frequency: Number(frequency), method, input });
  if (!read.success) {
    const isMethod = read.error.issues.some(({ path }) => path[0] === 'method');
    return isMethod ? `"${method}" is none of ${AGGREGATION_METHODS.join(', ')}` : 'a value is out of its range';
  }
  try {
    compileAggregation(read.data);
    return read.data;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
