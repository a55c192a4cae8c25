export { type Beside, connectBeside } from './beside.ts';
export { isUniqueViolation } from './fault.ts';
export type { Migrations } from './migrate.ts';
export { createState, type State, type StateDb, type StateOptions } from './state.ts';
