import type { Fidelity, FidelityReport, PanelReport } from '#core/grafana/report.ts';

/** The panels of a status, or of any, with these words in title, type or notes. */
export function filterPanels(
  { panels }: FidelityReport,
  status: Fidelity | undefined,
  words: string,
): readonly PanelReport[] {
  const wanted = words.trim().toLowerCase();
  return panels.filter(
    (panel) => (status === undefined || panel.status === status) && (wanted === '' || textOf(panel).includes(wanted)),
  );
}

function textOf({ title, type, notes }: PanelReport): string {
  return [title, type, ...notes.flatMap(({ what, how }) => [what, how])].join('\n').toLowerCase();
}
