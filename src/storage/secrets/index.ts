export { createKeyRing } from './key-ring.ts';
export { SecretStore, secretMigrations } from './secret-store.ts';
