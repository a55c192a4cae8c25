import { printLogWord } from '#core/log-query/quote.ts';
import type { Labels } from '#core/model/labels.ts';

const AROUND_MS = 5 * 60_000;
/** With more hosts than this, all of them are meant. */
const MOST_HOSTS = 8;

/** The log query of these hosts; of none or very many, that of all lines. */
export function logsOfHosts(hosts: readonly string[]): string {
  const known = [...new Set(hosts)].filter((host) => host !== '');
  if (known.length === 0 || known.length > MOST_HOSTS) return '';
  return known.map((host) => `host:${printLogWord(host)}`).join(' OR ');
}

const HOST_IN_QUERY = /\bhost\s*=\s*"((?:\\.|[^"\\])*)"/g;

/** The log query of the hosts that series are of, or else of those that their queries choose; without any, of all lines. */
export function logsOfChart(series: readonly { readonly labels: Labels }[], texts: readonly string[]): string {
  const hosts = series.map(({ labels }) => labels['host'] ?? '');
  if (hosts.length > 0 && !hosts.includes('')) return logsOfHosts(hosts);
  const chosen = texts.map((text) => [...text.matchAll(HOST_IN_QUERY)].map(([, host = '']) => host));
  if (chosen.some((own) => own.length === 0)) return '';
  return logsOfHosts(chosen.flat().map((host) => host.replace(/\\(.)/g, '$1')));
}

/** Search parameters of the log page for what was written around a time, ms. */
export function logsAround(t: number, hosts: readonly string[]) {
  const from = String(Math.max(0, Math.round(t - AROUND_MS)));
  return { from, to: String(Math.round(t + AROUND_MS)), q: logsOfHosts(hosts) || undefined };
}
