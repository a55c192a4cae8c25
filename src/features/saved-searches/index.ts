export { createSavedSearches, type SavedSearches } from './saved-searches.ts';
export { savedSearchMigrations } from './tables.ts';
