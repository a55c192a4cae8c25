export { createServices, type Services } from './services.ts';
