export { type CardinalityFeature, createCardinality } from './cardinality.ts';
export { ReadTracker, readMigrations } from './read-tracker.ts';
