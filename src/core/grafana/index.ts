export { convertGrafanaDashboard } from './convert.ts';
export {
  FIDELITIES,
  type Fidelity,
  type FidelityNote,
  type FidelityReport,
  type PanelReport,
  reportMarkdown,
} from './report.ts';
export { isGrafanaDashboard } from './source-format.ts';
