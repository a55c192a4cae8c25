import { parse } from 'yaml';
import { z } from 'zod';
import { LINES_FORMAT } from '../plugin/target-options.ts';
import { compileRules } from './compile-rules.ts';
import { type JmxRule, JmxRules } from './rule.ts';

/** Rules as they are written: YAML, `rules:` and a list. Throws an Error that says what is wrong. */
export function parseRules(text: string): readonly JmxRule[] {
  const parsed = JmxRules.safeParse(parse(text));
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  return parsed.data.rules;
}

/** The option `rules`. */
export const rulesOption = z
  .string()
  .max(200_000)
  .superRefine((text, issues) => {
    try {
      compileRules(parseRules(text));
    } catch (error) {
      issues.addIssue(error instanceof Error ? error.message : 'these are no rules');
    }
  })
  .optional()
  .meta({ format: LINES_FORMAT })
  .describe('Rules of your own beside the ready ones, in YAML: from MBeans to metrics.');
