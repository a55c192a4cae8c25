export { type CollectorRunner, type CollectorRunnerOptions, createCollectorRunner } from './collector-runner.ts';
export { CollectorsConfig, planCollectors } from './config.ts';
export { COLLECTOR_METRICS } from './own-series.ts';
