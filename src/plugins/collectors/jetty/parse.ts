import { readingsOf } from '#core/jmx/jmx-options.ts';
import { parseJolokia } from '#core/jmx/jolokia.ts';
import type { Collection } from '#core/plugin/collector.ts';
import { JETTY_SETS } from './metrics.ts';

/** What is read of a Jetty. */
export const JETTY_READINGS = readingsOf({ sets: JETTY_SETS });

/** The answer of its agent. */
export const parseBulk = (text: string): Collection => parseJolokia(text, JETTY_READINGS);

/** For the golden cases. */
export const parsers = { bulk: parseBulk };
