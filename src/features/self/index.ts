import type { SelfStatus } from '#core/api/status.ts';
import type { Route } from '#core/route.ts';
import type { SampleSink } from '#core/sink.ts';
import type { Logger } from '#io/log.ts';
import { EventLoopWatch } from './event-loop.ts';
import { selfRoutes } from './routes.ts';
import { keepSelfSeries } from './self-series.ts';
import { readSelfStatus } from './self-status.ts';
import type { SelfSources } from './sources.ts';

export type SelfFeature = {
  readonly routes: readonly Route[];
  readonly start: () => void;
  readonly stop: () => Promise<void>;
};

/** The product's view of itself: health, status, `/metrics` and its own series. */
export function createSelf(sources: SelfSources, sink: SampleSink, logger: Logger): SelfFeature {
  const eventLoop = new EventLoopWatch();
  const startedAt = sources.clock.monotonic();
  const life = new AbortController();
  let writing: Promise<void> | undefined;
  const read = (): Promise<SelfStatus> => readSelfStatus(sources, eventLoop, startedAt);
  return {
    routes: selfRoutes(sources, read),
    start: () => {
      eventLoop.start();
      writing = keepSelfSeries({ ...sources, read, sink, logger }, life.signal);
    },
    stop: async () => {
      life.abort();
      await writing;
      eventLoop.stop();
    },
  };
}
