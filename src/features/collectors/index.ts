export type { CollectorWork } from './collector-work.ts';
export { type Collectors, createCollectors } from './collectors.ts';
export { collectorMigrations } from './tables.ts';
