import { z } from 'zod';

const Text = z.string().max(4_096);
const Name = z.string().min(1).max(256);
const Pattern = z.string().min(1).max(8_192);
/** The field a step reads; `body`, `host`, `service`, `source`, `severity` and `time` are parts of the record. */
const field = Name.default('body');
/** Put before the names of the fields that a step finds (`app.`). */
const prefix = z.string().max(64).default('');

/** One step of a rule. A step that fails leaves the record as it was and notes it in `parse.error`. */
export const LogRuleStep = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('grok'),
    field,
    patterns: z.array(Pattern).min(1).max(32),
    ecs: z.boolean().default(true),
  }),
  z.strictObject({ type: z.literal('dissect'), field, pattern: Pattern, prefix }),
  /** RE2; named groups become fields. */
  z.strictObject({ type: z.literal('regex'), field, pattern: Pattern, prefix }),
  z.strictObject({ type: z.literal('json'), field, prefix }),
  z.strictObject({ type: z.literal('logfmt'), field, prefix }),
  z.strictObject({
    type: z.literal('kv'),
    field,
    pair: z.string().length(1).default(' '),
    value: z.string().length(1).default('='),
    prefix,
  }),
  z.strictObject({
    type: z.literal('csv'),
    field,
    separator: z.string().length(1).default(','),
    columns: z.array(z.string().max(256)).min(1).max(1_000),
    prefix,
  }),
  z.strictObject({ type: z.literal('cef'), field }),
  z.strictObject({ type: z.literal('leef'), field }),
  z.strictObject({ type: z.literal('xml'), field, prefix }),
  z.strictObject({ type: z.literal('query'), field, prefix }),
  z.strictObject({
    type: z.literal('timestamp'),
    field,
    formats: z.array(Name).max(16).default([]),
    zone: z.string().max(64).optional(),
  }),
  z.strictObject({ type: z.literal('rename'), from: Name, to: Name }),
  /** `%{field}` in the value stands for a field's value. */
  z.strictObject({ type: z.literal('set'), field: Name, value: Text, override: z.boolean().default(true) }),
  z.strictObject({ type: z.literal('remove'), fields: z.array(Name).min(1).max(256) }),
  z.strictObject({ type: z.literal('lowercase'), field }),
  z.strictObject({ type: z.literal('uppercase'), field }),
  z.strictObject({ type: z.literal('trim'), field }),
  z.strictObject({ type: z.literal('replace'), field, pattern: Pattern, with: Text }),
  /** To a whole number, a number, true/false, seconds or bytes. */
  z.strictObject({
    type: z.literal('convert'),
    field: Name,
    to: z.enum(['int', 'float', 'bool', 'duration', 'bytes', 'severity']),
  }),
  z.strictObject({ type: z.literal('user_agent'), field: Name.default('user_agent.original') }),
  z.strictObject({
    type: z.literal('geoip'),
    field: Name.default('source.ip'),
    prefix: z.string().max(64).default('source.geo.'),
  }),
  z.strictObject({
    type: z.literal('cidr'),
    field: Name.default('source.ip'),
    networks: z.record(Name, z.string().max(256)),
    to: Name,
  }),
  z.strictObject({
    type: z.literal('mask'),
    fields: z.array(Name).min(1).max(64).default(['body']),
    what: z.array(z.enum(['card', 'email', 'ipv4', 'secret'])).default([]),
    pattern: Pattern.optional(),
    with: Text.default('***'),
  }),
  z.strictObject({ type: z.literal('drop') }),
  /** Keeps this share (0–1) of the records, the same ones each time: by the hash of a field. */
  z.strictObject({ type: z.literal('sample'), keep: z.number().min(0).max(1), field }),
  z.strictObject({
    type: z.literal('route'),
    service: z.string().max(256).optional(),
    stream: z.string().max(256).optional(),
  }),
]); // prettier-ignore
export type LogRuleStep = z.infer<typeof LogRuleStep>;

/**
 * What a record must be for a rule to apply; every condition that is given must hold. Globs know `*` and `?`. Patterns and
 * queries look at the first 32 KiB of a text.
 */
export const LogRuleMatch = z.strictObject({
  source: Text.optional(),
  service: Text.optional(),
  host: Text.optional(),
  body: Text.optional(),
  /** Text that the body holds. */
  contains: Text.optional(),
  /** RE2, found anywhere in the body. */
  regex: Pattern.optional(),
  /** Globs of fields; a field that is missing does not match. */
  fields: z.record(Name, Text).optional(),
  /** A log query without pipes: `level:error -path:/health`. */
  query: Text.optional(),
});
export type LogRuleMatch = z.infer<typeof LogRuleMatch>;

/** A rule: steps for the records that match, in order. */
export const LogRule = z.strictObject({
  name: Name,
  enabled: z.boolean().default(true),
  match: LogRuleMatch.default({}),
  steps: z.array(LogRuleStep).max(64),
});
export type LogRule = z.infer<typeof LogRule>;

/** The rules of the operator, applied in order to every record after its format was recognised. */
export const LogRules = z.strictObject({
  rules: z.array(LogRule).max(500).default([]),
  /** Grok patterns of the operator by name. */
  patterns: z.record(z.string().regex(/^\w+$/), Pattern).default({}),
});
export type LogRules = z.infer<typeof LogRules>;

/** A field before and after a step; undefined: it was, or is, not there. */
export type LogFieldChange = {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
};

/** What one step did to a record, for the test bench. */
export type LogStepTrace = {
  readonly rule: string;
  readonly step: string;
  /** Places of the rule among all, and of the step in it. */
  readonly place: readonly [rule: number, step: number];
  readonly outcome: 'done' | 'failed' | 'dropped';
  /** Why it failed. */
  readonly reason: string;
  readonly changes: readonly LogFieldChange[];
  readonly micros: number;
};
