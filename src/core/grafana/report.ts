import { z } from 'zod';

/** How much of a panel came over: the worst of its notes. */
export const FIDELITIES = ['kept', 'approximated', 'unsupported'] as const;
const Fidelity = z.enum(FIDELITIES);
export type Fidelity = z.infer<typeof Fidelity>;

/** One thing that was changed or left out. */
const FidelityNote = z.strictObject({
  /** The field or part of the source: `fieldConfig.defaults.unit`, `query B`. */
  what: z.string(),
  /** What became of it, or why nothing did. */
  how: z.string(),
  /** `kept` says something without taking from the panel's fidelity. */
  level: Fidelity,
});
export type FidelityNote = Readonly<z.infer<typeof FidelityNote>>;

/** What became of one panel. `type` is Grafana's, `id` the panel's id in the new dashboard. */
const PanelReport = z.strictObject({
  id: z.string(),
  title: z.string(),
  type: z.string(),
  status: Fidelity,
  notes: z.array(FidelityNote).readonly(),
});
export type PanelReport = Readonly<z.infer<typeof PanelReport>>;

/** What became of a Grafana dashboard. */
export const FidelityReport = z.strictObject({
  title: z.string(),
  /** How the source was written: `classic (schemaVersion 39)`. */
  format: z.string(),
  panels: z.array(PanelReport).readonly(),
  /** Variables, time range, annotations, links. */
  notes: z.array(FidelityNote).readonly(),
  totals: z.record(Fidelity, z.number().int().min(0)).readonly(),
});
export type FidelityReport = Readonly<z.infer<typeof FidelityReport>>;

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
