import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { AggregationRule, DropRule, RewriteRule } from '#core/api/ingest-rules.ts';
import { LogRules } from '#core/api/log-rules.ts';
import { MappingRule } from '#core/api/mapping.ts';
import { writeDurably } from '#io/write-durably.ts';
import { NO_LOG_RULES, NO_RULES, type ThreadRules } from './protocol.ts';

const SeriesRulesContent = z.strictObject({
  mapping: z.array(MappingRule),
  drops: z.array(DropRule),
  aggregations: z.array(AggregationRule),
  rewrites: z.array(RewriteRule).default([]),
});

/** Where the rules for series and those for log lines lie beside a spool. */
export const RULES_FILES = {
  series: (spoolDir: string): RulesFile<ThreadRules> =>
    new RulesFile(`${spoolDir}.rules.json`, SeriesRulesContent, NO_RULES),
  logs: (spoolDir: string): RulesFile<LogRules> => new RulesFile(`${spoolDir}.log-rules.json`, LogRules, NO_LOG_RULES),
};

/** The rules of the intake, kept so that a start has them before the state database answers; that one is the truth. */
export class RulesFile<Rules> {
  readonly #path: string;
  readonly #content: z.ZodType<Rules>;
  readonly #none: Rules;
  #current: Rules;

  constructor(path: string, content: z.ZodType<Rules>, none: Rules) {
    this.#path = path;
    this.#content = content;
    this.#none = none;
    this.#current = none;
  }

  get current(): Rules {
    return this.#current;
  }

  /** A file that is absent or of another release counts as no rules: the state database tells them again. */
  async read(): Promise<void> {
    const text = await readFile(this.#path, 'utf8').catch(() => '{}');
    const read = this.#content.safeParse(parse(text));
    this.#current = read.success ? read.data : this.#none;
  }

  /** False when these are the rules already. */
  async write(rules: Rules): Promise<boolean> {
    const text = JSON.stringify(rules);
    if (text === JSON.stringify(this.#current)) return false;
    this.#current = rules;
    await writeDurably(this.#path, text);
    return true;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
