export { connectBeside } from './beside.ts';
export type { Migrations } from './migrate.ts';
export { createState, type State, type StateDb } from './state.ts';
