/** How much of a panel came over: the worst of its notes. */
export const FIDELITIES = ['kept', 'approximated', 'unsupported'] as const;
export type Fidelity = (typeof FIDELITIES)[number];

/** One thing that was changed or left out. */
export type FidelityNote = {
  /** The field or part of the source: `fieldConfig.defaults.unit`, `query B`. */
  readonly what: string;
  /** What became of it, or why nothing did. */
  readonly how: string;
  /** `kept` says something without taking from the panel's fidelity. */
  readonly level: Fidelity;
};

/** What became of one panel. `type` is Grafana's, `id` the panel's id in the new dashboard. */
export type PanelReport = {
  readonly id: string;
  readonly title: string;
  readonly type: string;
  readonly status: Fidelity;
  readonly notes: readonly FidelityNote[];
};

/** What became of a Grafana dashboard. */
export type FidelityReport = {
  readonly title: string;
  /** How the source was written: `classic (schemaVersion 39)`. */
  readonly format: string;
  readonly panels: readonly PanelReport[];
  /** Variables, time range, annotations, links. */
  readonly notes: readonly FidelityNote[];
  readonly totals: Readonly<Record<Fidelity, number>>;
};

/** Collects notes; the same one is kept once. */
export type NoteTaker = {
  readonly kept: (what: string, how: string) => void;
  readonly approximated: (what: string, how: string) => void;
  readonly unsupported: (what: string, how: string) => void;
  readonly notes: readonly FidelityNote[];
};

/** A new, empty collection of notes. */
export function takeNotes(): NoteTaker {
  const notes: FidelityNote[] = [];
  const add = (level: Fidelity) => (what: string, how: string) => {
    if (!notes.some((note) => note.what === what && note.how === how)) notes.push({ what, how, level });
  };
  return { kept: add('kept'), approximated: add('approximated'), unsupported: add('unsupported'), notes };
}

/** How many panels have each status. */
export function countPanels(panels: readonly Pick<PanelReport, 'status'>[]): Record<Fidelity, number> {
  const totals: Record<Fidelity, number> = { kept: 0, approximated: 0, unsupported: 0 };
  for (const { status } of panels) totals[status]++;
  return totals;
}

/** The report as a Markdown file. */
export function reportMarkdown({ title, format, panels, notes, totals }: FidelityReport): string {
  const lines = [
    `# Import of “${inline(title)}”`,
    '',
    `Source: Grafana, ${format}. ${panels.length} panels: ${FIDELITIES.map((each) => `${totals[each]} ${each}`).join(', ')}.`,
    ...(notes.length > 0 ? ['', '## Dashboard', '', ...notes.map(noteLine)] : []),
    ...panels.flatMap((panel) => [
      '',
      `## ${inline(panel.title || panel.id)}: ${panel.status}`,
      '',
      `Panel type: ${panel.type}.`,
      ...(panel.notes.length > 0 ? ['', ...panel.notes.map(noteLine)] : []),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

const noteLine = ({ what, how, level }: FidelityNote): string => `- **${level}** ${inline(what)}: ${inline(how)}`;

const inline = (text: string): string => text.replace(/\s+/g, ' ').trim();
