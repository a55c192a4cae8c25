export { type CollectorRunner, createCollectorRunner } from './collector-runner.ts';
export { CollectorsConfig, type PlannedCollector, planCollectors, planTarget, TargetsConfig } from './config.ts';
export { followDnsTargets } from './dns-targets.ts';
export { followTargetFiles } from './target-files.ts';
