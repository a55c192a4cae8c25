export { createMapping } from './mapping.ts';
