import type { LogRuleStep } from '#core/api/log-rules.ts';
import { csvColumns } from '#parsing/extract/csv-fields.ts';
import { compileDissect } from '#parsing/extract/dissect.ts';
import { cefPairs, leefPairs } from '#parsing/extract/event-format.ts';
import { jsonFields } from '#parsing/extract/json-fields.ts';
import { keyValues, logfmtPairs, queryParameters, type TakePair } from '#parsing/extract/key-values.ts';
import { xmlFields } from '#parsing/extract/xml-fields.ts';
import { compileGrok } from '#parsing/grok/compile-grok.ts';
import { compileRe2 } from '#parsing/re2-pattern.ts';
import { boundedText } from './bounded-text.ts';
import { readPart, writePart } from './record-parts.ts';
import type { RunStep, StepContext } from './run-step.ts';

type Kind = 'grok' | 'dissect' | 'regex' | 'json' | 'logfmt' | 'kv' | 'csv' | 'cef' | 'leef' | 'xml' | 'query';
type Extractor = Extract<LogRuleStep, { type: Kind }>;
/** Gives pairs found in a text; false when it is not of the kind. */
type Find = (text: string, take: TakePair) => boolean;

/** Steps that find fields in a text. */
export function compileExtractor(step: Extractor, context: StepContext): RunStep {
  const find = compileFind(step, context);
  const prefix = 'prefix' in step ? step.prefix : '';
  return (draft) => {
    const text = readPart(draft, step.field);
    if (text === undefined) return `no field ${step.field}`;
    const pairs: string[] = [];
    if (!find(text, (name, value) => pairs.push(prefix + name, value))) return 'no match';
    for (let i = 0; i < pairs.length; i += 2) writePart(draft, pairs[i] ?? '', pairs[i + 1] ?? '');
    return true;
  };
}

function compileFind(step: Extractor, context: StepContext): Find {
  switch (step.type) {
    case 'grok': {
      const groks = step.patterns.map((pattern) => compileGrok(pattern, context.grok(step.ecs)));
      return (text, take) => {
        const head = boundedText(text);
        return groks.some((grok) => grok.each(head, take));
      };
    }
    case 'dissect':
      return compileDissect(step.pattern);
    case 'regex':
      return regexFind(step.pattern);
    case 'json':
      return (text, take) => {
        const at = text.indexOf('{');
        return at >= 0 && jsonFields(text, at, take) > 0;
      };
    case 'logfmt':
      return logfmtPairs;
    case 'kv':
      return (text, take) => keyValues(text, step, take).pairs > 0;
    case 'csv':
      return (text, take) => {
        const columns = csvColumns(text, step.separator);
        step.columns.forEach((name, i) => name !== '' && columns[i] !== undefined && take(name, columns[i]));
        return columns.length > 1;
      };
    case 'cef':
      return cefPairs;
    case 'leef':
      return leefPairs;
    case 'xml':
      return xmlFields;
    case 'query':
      return (text, take) => queryParameters(text, take) > 0;
  }
}

function regexFind(source: string): Find {
  const pattern = compileRe2(source);
  const groups = Object.entries(pattern.namedGroups());
  if (groups.length === 0)
    throw new Error(`pattern ${source.slice(0, 80)}: no named group, (?<name>…), to make a field of`);
  return (text, take) => {
    const matcher = pattern.matcher(boundedText(text));
    if (!matcher.find()) return false;
    for (const [name, index] of groups) {
      const value = matcher.group(index);
      if (value !== null) take(name, value);
    }
    return true;
  };
}
