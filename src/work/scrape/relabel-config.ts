import { RE2JS } from 're2js';
import { z } from 'zod';
import { messageOf } from '#core/errors.ts';
import { Text } from './config-values.ts';

const ACTIONS = [
  'replace',
  'keep',
  'drop',
  'keepequal',
  'dropequal',
  'hashmod',
  'labelmap',
  'labeldrop',
  'labelkeep',
  'lowercase',
  'uppercase',
] as const;
type Action = (typeof ACTIONS)[number];

const NEEDS_TARGET: ReadonlySet<Action> = new Set([
  'replace',
  'hashmod',
  'lowercase',
  'uppercase',
  'keepequal',
  'dropequal',
]);

/** The anchored expression that a `regex` stands for. Throws when it is none. */
export function anchored(source: string): RE2JS {
  return RE2JS.compile(`^(?s:${source})$`);
}

const Regex = Text.superRefine((source, context) => {
  try {
    anchored(source);
  } catch (error) {
    context.addIssue(`"${source}" is not a regular expression (RE2): ${messageOf(error)}`);
  }
});

/** One step of `relabel_configs` or `metric_relabel_configs`. */
export const RelabelConfig = z
  .strictObject({
    source_labels: z.array(z.string().min(1)).default([]),
    separator: Text.default(';'),
    target_label: z.string().optional(),
    regex: Regex.prefault('(.*)'),
    modulus: z.number().int().min(0).default(0),
    replacement: Text.default('$1'),
    action: z
      .string()
      .transform((action) => action.toLowerCase())
      .pipe(z.enum(ACTIONS))
      .default('replace'),
  })
  .superRefine(({ action, target_label, modulus }, context) => {
    if (NEEDS_TARGET.has(action) && target_label === undefined)
      context.addIssue(`the action ${action} needs target_label`);
    if (action === 'hashmod' && modulus === 0) context.addIssue('the action hashmod needs a modulus above 0');
  });
export type RelabelConfig = z.infer<typeof RelabelConfig>;
