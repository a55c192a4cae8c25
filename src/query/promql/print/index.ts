export { formatQuery } from './format.ts';
export { printQuery } from './print.ts';
