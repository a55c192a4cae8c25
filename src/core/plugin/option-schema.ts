import { z } from 'zod';
import { SECRET_FORMAT } from './target-options.ts';

/** What forms and docs read of one option: a property of the JSON schema of a plugin's options. */
export type OptionSchema = {
  readonly type?: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';
  readonly format?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  /** Few need it: forms keep it folded. */
  readonly rare?: boolean;
};

export type OptionsSchema = {
  readonly properties: Readonly<Record<string, OptionSchema>>;
  readonly required: readonly string[];
};

/** The options of a plugin as JSON schema, as they are written (before defaults). */
export function optionsSchema(config: z.ZodType): OptionsSchema {
  const { properties = {}, required = [] } = z.toJSONSchema(config, { io: 'input' });
  return { properties: properties as OptionsSchema['properties'], required };
}

/** Names of the options that are secrets. */
export function secretOptions(config: z.ZodType): readonly string[] {
  const options = Object.entries(optionsSchema(config).properties);
  return options.filter(([, { format }]) => format === SECRET_FORMAT).map(([name]) => name);
}
