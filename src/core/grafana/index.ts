export { convertGrafanaDashboard } from './convert.ts';
export { type FidelityReport, reportMarkdown } from './report.ts';
export { isGrafanaDashboard } from './source-format.ts';
