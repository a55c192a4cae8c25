import { readingsOf } from '#core/jmx/jmx-options.ts';
import { parseJolokia } from '#core/jmx/jolokia.ts';
import { RULE_SET_NAMES } from '#core/jmx/rule-sets/index.ts';
import type { Collection } from '#core/plugin/collector.ts';

/** A bulk answer by all ready rules. */
export const parseBulk = (text: string): Collection => parseJolokia(text, readingsOf({ sets: RULE_SET_NAMES }));

/** For the golden cases. */
export const parsers = { bulk: parseBulk };
