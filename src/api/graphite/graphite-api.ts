import type { Clock } from '#io/clock.ts';
import type { QueryLimits } from '#query/graphite/request.ts';
import type { GraphiteSource } from '#query/graphite/source.ts';
import type { Painter } from '#query/picture/index.ts';

/** What the handlers work with. */
export type GraphiteApi = {
  readonly source: GraphiteSource;
  readonly clock: Clock;
  readonly painter: Painter;
  /** The zone of calendar times when the request names none. */
  readonly timeZone: string;
  readonly limits?: Partial<QueryLimits>;
};
