import { CollectError } from '#core/plugin/collect-error.ts';
import type { CollectedValue, Collection } from '#core/plugin/collector.ts';
import { parseBalancers } from './balancers.ts';
import type { APACHE_METRICS } from './metrics.ts';

type Metric = keyof typeof APACHE_METRICS;
type Labels = Readonly<Record<string, string>>;
type Figure = readonly [line: string, metric: Metric, labels?: Labels | undefined, factor?: number];

const KIB = 1024;
const FIGURES: readonly Figure[] = [
  ['Uptime', 'apache_uptime_seconds_total'],
  ['Total Accesses', 'apache_requests_total'],
  ['Total kBytes', 'apache_traffic_bytes_total', undefined, KIB],
  ['Total Duration', 'apache_request_time_seconds_total', undefined, 0.001],
  ['Processes', 'apache_processes'],
  ['BusyWorkers', 'apache_workers', { state: 'busy' }],
  ['IdleWorkers', 'apache_workers', { state: 'idle' }],
  // lighttpd's page says it so.
  ['BusyServers', 'apache_workers', { state: 'busy' }],
  ['IdleServers', 'apache_workers', { state: 'idle' }],
  ['ConnsTotal', 'apache_connections_current'],
  ['ConnsAsyncWaitIO', 'apache_connections_async', { state: 'waiting' }],
  ['ConnsAsyncWriting', 'apache_connections_async', { state: 'writing' }],
  ['ConnsAsyncKeepAlive', 'apache_connections_async', { state: 'keepalive' }],
  ['ConnsAsyncClosing', 'apache_connections_async', { state: 'closing' }],
  ['CPUUser', 'apache_cpu_time_seconds_total', { level: 'self', mode: 'user' }],
  ['CPUSystem', 'apache_cpu_time_seconds_total', { level: 'self', mode: 'system' }],
  ['CPUChildrenUser', 'apache_cpu_time_seconds_total', { level: 'children', mode: 'user' }],
  ['CPUChildrenSystem', 'apache_cpu_time_seconds_total', { level: 'children', mode: 'system' }],
  ['Load1', 'apache_load_average_1m'],
];

const PLACES: Readonly<Record<string, string>> = {
  _: 'waiting',
  S: 'starting',
  R: 'reading',
  W: 'sending',
  K: 'keepalive',
  D: 'dnslookup',
  C: 'closing',
  L: 'logging',
  G: 'finishing',
  I: 'idle_cleanup',
  '.': 'open',
};

/** The page of mod_status for machines (`?auto`). Throws `protocol` for another page. */
export function parseStatus(page: string): Collection {
  const lines = new Map([...page.matchAll(/^([^:\n]+): (.*?)\r?$/gm)].map(([, name = '', text = '']) => [name, text]));
  const scoreboard = lines.get('Scoreboard');
  if (scoreboard === undefined) {
    const begin = JSON.stringify(page.slice(0, 60));
    throw new CollectError('protocol', `this is no page of mod_status with ?auto; it begins with ${begin}`);
  }
  const restart = lines.get('RestartTime');
  const { values, states } = parseBalancers(lines);
  return {
    values: [
      ...infoOf(lines),
      ...FIGURES.flatMap((figure) => valueOf(figure, lines)),
      ...placesOf(scoreboard),
      ...values,
    ],
    states,
    ...(restart === undefined ? {} : { runId: restart }),
  };
}

/** For the golden cases. */
export const parsers = { 'server-status': parseStatus };

function infoOf(lines: ReadonlyMap<string, string>): CollectedValue[] {
  const [version, mpm = ''] = [lines.get('ServerVersion'), lines.get('ServerMPM')];
  return version === undefined ? [] : [{ metric: 'apache_info', labels: { version, mpm }, value: 1 }];
}

function valueOf([line, metric, labels, factor = 1]: Figure, lines: ReadonlyMap<string, string>): CollectedValue[] {
  const text = lines.get(line);
  const value = text === undefined ? Number.NaN : Number(text) * factor;
  return Number.isFinite(value) ? [{ metric, value, ...(labels === undefined ? {} : { labels }) }] : [];
}

/** What has no letter of its own (lighttpd has others) is left out. */
function placesOf(scoreboard: string): CollectedValue[] {
  return Object.entries(PLACES).map(([letter, state]) => {
    return { metric: 'apache_scoreboard', labels: { state }, value: scoreboard.split(letter).length - 1 };
  });
}
