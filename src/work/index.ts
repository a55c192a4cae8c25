export { createCollectorRunner } from './collector-runner.ts';
export { CollectorsConfig, planCollectors } from './config.ts';
