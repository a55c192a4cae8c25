export { createLogPatterns } from './log-patterns.ts';
export { tapWithPatterns } from './tap-with-patterns.ts';
