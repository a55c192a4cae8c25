export { type Access, createAccess } from './access.ts';
export { accessMigrations } from './tables.ts';
