export { createLogRules } from './log-rules.ts';
export { logRuleMigrations } from './tables.ts';
