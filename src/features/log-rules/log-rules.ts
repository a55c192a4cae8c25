import type { Route } from '#core/route.ts';
import { RuleBench } from './rule-bench.ts';
import { changeRoutes, readRoutes, triedRoutes } from './rule-routes.ts';
import { RuleService, type RuleServiceOptions } from './rule-service.ts';
import type { StoredLines } from './sample-lines.ts';

export type LogRulesOptions = RuleServiceOptions & {
  readonly logs: StoredLines;
  /** Paths of the GeoIP databases that the intake has. */
  readonly geoip: readonly string[];
};

/** Rules of the operator for log lines: kept in all their versions, tried before they are saved, in force at the intake. */
export type LogRulesFeature = {
  readonly routes: readonly Route[];
  /** Tells the intake the stored rules; to be called when the state database answers. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Puts the feature together. */
export function createLogRules(options: LogRulesOptions): LogRulesFeature {
  const bench = new RuleBench({ geoip: options.geoip });
  const service = new RuleService(options, bench);
  const { logs, clock } = options;
  return {
    routes: [...readRoutes(service), ...changeRoutes(service), ...triedRoutes({ bench, logs, clock })],
    start: () => service.start(),
    stop: () => bench.stop(),
  };
}
