import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { AggregationRule, DropRule, RewriteRule } from '#core/api/ingest-rules.ts';
import { MappingRule } from '#core/api/mapping.ts';
import { writeDurably } from '#io/write-durably.ts';
import { NO_RULES, type ThreadRules } from './protocol.ts';

const Content = z.strictObject({
  mapping: z.array(MappingRule),
  drops: z.array(DropRule),
  aggregations: z.array(AggregationRule),
  rewrites: z.array(RewriteRule).default([]),
});

/** The rules of the intake, kept so that a start has them before the state database answers; that one is the truth. */
export class RulesFile {
  readonly #path: string;
  #current: ThreadRules = NO_RULES;

  constructor(path: string) {
    this.#path = path;
  }

  get current(): ThreadRules {
    return this.#current;
  }

  /** A file that is absent or of another release counts as no rules: the state database tells them again. */
  async read(): Promise<void> {
    const text = await readFile(this.#path, 'utf8').catch(() => '{}');
    const read = Content.safeParse(parse(text));
    this.#current = read.success ? read.data : NO_RULES;
  }

  /** False when these are the rules already. */
  async write(rules: ThreadRules): Promise<boolean> {
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
