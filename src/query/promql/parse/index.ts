export { resolveDurations } from './durations.ts';
export { createParser } from './parser.ts';
