export { createCardinality } from './cardinality.ts';
export { ReadTracker, readMigrations } from './read-tracker.ts';
