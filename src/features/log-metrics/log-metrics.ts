import type { Route } from '#core/route.ts';
import type { Arrived } from './arrivals.ts';
import { logMetricRoutes } from './routes.ts';
import { type LogMetricOptions, LogMetricService } from './service.ts';

/** Rules that make series of log lines. */
export type LogMetrics = {
  readonly routes: readonly Route[];
  /** Lines have come into the store at these times; undefined: at any. */
  readonly noticeLines: (arrived: Arrived) => void;
  /** Starts the stored rules; to be called when the stores answer. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Puts the feature together. */
export function createLogMetrics(options: LogMetricOptions): LogMetrics {
  const service = new LogMetricService(options);
  return {
    routes: logMetricRoutes(service, options),
    noticeLines: (arrived) => service.runner.noticeLines(arrived),
    start: () => service.start(),
    stop: () => service.stop(),
  };
}
