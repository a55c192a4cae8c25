export { createMapping, type Mapping } from './mapping.ts';
