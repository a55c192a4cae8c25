export { type Access, type AccessOptions, createAccess } from './access.ts';
export { accessMigrations } from './tables.ts';
