import { readingsOf } from '#core/jmx/jmx-options.ts';
import { parseJolokia } from '#core/jmx/jolokia.ts';
import type { Collection } from '#core/plugin/collector.ts';
import { EHCACHE_SETS } from './metrics.ts';

/** What is read of the caches. */
export const EHCACHE_READINGS = readingsOf({ sets: EHCACHE_SETS });

/** The answer of the agent. */
export const parseBulk = (text: string): Collection => parseJolokia(text, EHCACHE_READINGS);

/** For the golden cases. */
export const parsers = { bulk: parseBulk };
