/**
 * Writes `docs/plugins/<id>.md` from the config schema, the metric table or paths, and the `notes.md` of each plugin.
 * `--check` writes nothing and fails when a page is not what it would write.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AlertRule } from '#core/plugin/alert-rule.ts';
import type { CollectorPlugin } from '#core/plugin/collector.ts';
import type { InputPlugin } from '#core/plugin/input.ts';
import type { MetricDefinition, MetricTable } from '#core/plugin/metric.ts';
import { COLLECTOR_METRICS } from '#work/own-series.ts';
import { inputPage } from './input-page.ts';
import { GENERATED, optionTable, page, sampleOptions, table } from './plugin-page.ts';

const ROOT = join(import.meta.dirname, '..');
const PLUGINS = join(ROOT, 'src/plugins');
const PAGES = join(ROOT, 'docs/plugins');

/** The page of one collector. */
function collectorPage(id: string, plugin: CollectorPlugin, notes: string): string {
  return page([
    `# ${plugin.title}`,
    GENERATED,
    plugin.summary,
    '## Configuration',
    startsHow(id, plugin),
    optionTable(plugin.config),
    ...(notes.trim() === '' ? [] : ['## Notes', notes.trim()]),
    '## Metrics',
    plugin.address === undefined
      ? 'Every series also has the label `host`.'
      : 'Every series also has the labels `host`, `instance` and `service`, and those of the target.',
    metricTable(plugin.metrics),
    ...(plugin.alerts === undefined ? [] : ['## Alerts', alertTable(plugin.alerts)]),
  ]);
}

function alertTable(alerts: readonly AlertRule[]): string {
  const rows = alerts.map(({ name, expr, for: holds, severity, summary }) => [
    `${name} (${severity})`,
    `\`${expr}\``,
    holds,
    summary,
  ]);
  return table(['alert', 'when', 'for', 'what it says'], rows);
}

function startsHow(id: string, plugin: CollectorPlugin): string {
  const interval = `${plugin.defaultIntervalMs / 1_000}s`;
  const found = plugin.discovery === undefined ? '' : ', and for what is found on this host';
  const starts =
    plugin.automatic.length > 0
      ? `It runs without being configured. An entry under \`collectors.${id}\` replaces that; \`${id}: []\` turns it off.`
      : `It runs for each target: of the page Settings → Collectors, under \`collectors.${id}\`, of a file${found}.`;
  const sample = [
    '```yaml',
    'collectors:',
    `  ${id}:`,
    `    - interval: ${interval}`,
    ...sampleOptions(plugin.config, 6),
    '```',
  ];
  return [
    starts,
    sample.join('\n'),
    `Each entry may set \`interval\` (default ${interval}), \`timeout\` (never more than 0.8 × interval), \`labels\` and ` +
      `\`enabled\`: see [collectors](../collectors.md).`,
  ].join('\n\n');
}

function metricTable(metrics: MetricTable): string {
  const rows = Object.entries(metrics).map(([name, { kind, unit, labels, help, states }]) => [
    `\`${name}\``,
    states === undefined ? kind : 'state',
    unit,
    [...labels.map((label) => `\`${label}\``), ...(states === undefined ? [] : [statesText(states)])].join(', '),
    help,
  ]);
  return table(['metric', 'kind', 'unit', 'labels', 'meaning'], rows);
}

function statesText({ label, values }: NonNullable<MetricDefinition['states']>): string {
  return `\`${label}\` = ${values.join(', ')}`;
}

type Plugins = {
  readonly inputs: ReadonlyMap<string, InputPlugin>;
  readonly collectors: ReadonlyMap<string, CollectorPlugin>;
};

/** All plugins, and what all collectors share. */
function overviewPage({ inputs, collectors }: Plugins): string {
  const rowsOf = (plugins: ReadonlyMap<string, { readonly summary: string }>): string[][] =>
    [...plugins].map(([id, { summary }]) => [`[${id}](${id}.md)`, summary]);
  return page([
    '# Plugins',
    GENERATED,
    '## Inputs',
    table(['input', 'what it takes'], rowsOf(inputs)),
    '## Collectors',
    table(['collector', 'what it does'], rowsOf(collectors)),
    'Runs are aligned to the clock, and samples carry the time they were scheduled for. From an interval of 10 s on, each ' +
      'target has an offset of its own. A target that fails more than twice in a row, or refuses the login, is asked less ' +
      'often, at least every 5 minutes. Targets, secrets and discovery: [collectors](../collectors.md).',
    '## Series about every collector',
    'They are written at every interval, with the labels of the target and `collector` and `target`.',
    metricTable(COLLECTOR_METRICS),
  ]);
}

/** Every page by file name without `.md`, as it should be. */
async function pluginPages(): Promise<ReadonlyMap<string, string>> {
  const inputs = await load<InputPlugin>('inputs');
  const collectors = await load<CollectorPlugin>('collectors');
  return new Map([
    ...[...inputs].map(([id, plugin]) => [id, inputPage(id, plugin, notesOf('inputs', id))] as const),
    ...[...collectors].map(([id, plugin]) => [id, collectorPage(id, plugin, notesOf('collectors', id))] as const),
    ['README', overviewPage({ inputs, collectors })],
  ]);
}

async function load<Plugin>(kind: string): Promise<ReadonlyMap<string, Plugin>> {
  const plugins = new Map<string, Plugin>();
  for (const id of readdirSync(join(PLUGINS, kind)).sort()) {
    const loaded = (await import(pathToFileURL(join(PLUGINS, kind, id, 'index.ts')).href)) as { default: Plugin };
    plugins.set(id, loaded.default);
  }
  return plugins;
}

function notesOf(kind: string, id: string): string {
  const notes = join(PLUGINS, kind, id, 'notes.md');
  return existsSync(notes) ? readFileSync(notes, 'utf8') : '';
}

/** Paths of pages that are absent or not as they should be. */
async function stalePages(): Promise<string[]> {
  const stale: string[] = [];
  for (const [id, text] of await pluginPages()) {
    const path = join(PAGES, `${id}.md`);
    if (!existsSync(path) || readFileSync(path, 'utf8') !== text) stale.push(`docs/plugins/${id}.md`);
  }
  return stale;
}

async function main(check: boolean): Promise<void> {
  if (check) {
    const stale = await stalePages();
    if (stale.length === 0) return;
    console.error(`Not up to date: ${stale.join(', ')}. Run: node tools/plugin-docs.ts`);
    process.exitCode = 1;
    return;
  }
  mkdirSync(PAGES, { recursive: true });
  for (const [id, text] of await pluginPages()) writeFileSync(join(PAGES, `${id}.md`), text);
}

if (import.meta.main) await main(process.argv.includes('--check'));
