export { connectBeside } from './beside.ts';
export type { Migrations } from './migrate.ts';
export { createState, type State, type StateDb } from './state.ts';
export {
  type DocumentTables,
  documentMigrations,
  readDocument,
  saveDocument,
  type VersionedDocument,
} from './versioned-document.ts';
