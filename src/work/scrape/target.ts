import { hostname } from 'node:os';
import { messageOf } from '#core/errors.ts';
import { canonicalKey, type Labels } from '#core/model/labels.ts';
import { parseDuration } from '#core/units/duration.ts';
import type { PlannedJob } from './plan.ts';

/** A target after relabelling. `key` tells it from all others of its job. */
export type Target = {
  readonly key: string;
  readonly discoveredLabels: Labels;
  /** What every series of it carries. */
  readonly labels: Labels;
  readonly url: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
};

/** What became of discovered labels. `problem` says why they are no target. */
export type TargetOutcome =
  | { readonly kind: 'target'; readonly target: Target }
  | { readonly kind: 'dropped'; readonly discoveredLabels: Labels }
  | { readonly kind: 'invalid'; readonly discoveredLabels: Labels; readonly problem: string };

/** Makes the target of discovered labels: defaults, relabelling, URL, `instance` (Prometheus' `PopulateLabels`). */
export function targetOf(found: Labels, plan: PlannedJob): TargetOutcome {
  const discoveredLabels = withDefaults(found, plan);
  const labels = plan.relabel(discoveredLabels);
  if (labels === undefined) return { kind: 'dropped', discoveredLabels };
  try {
    return { kind: 'target', target: build(labels, discoveredLabels, plan) };
  } catch (error) {
    return { kind: 'invalid', discoveredLabels, problem: messageOf(error) };
  }
}

function withDefaults(found: Labels, { job, name, intervalMs, timeoutMs }: PlannedJob): Labels {
  const labels: Record<string, string> = {
    job: name,
    __scrape_interval__: durationText(intervalMs),
    __scrape_timeout__: durationText(timeoutMs),
    __metrics_path__: job.metrics_path,
    __scheme__: job.scheme,
  };
  for (const [param, [first]] of Object.entries(job.params))
    if (first !== undefined) labels[`__param_${param}`] = first;
  for (const [label, value] of Object.entries(found)) if (value !== '') labels[label] = value;
  return labels;
}

function build(labels: Labels, discoveredLabels: Labels, { job }: PlannedJob): Target {
  const address = labels['__address__'] ?? '';
  if (address === '') throw new Error('it has no address');
  if (address.includes('/')) throw new Error(`its address "${address}" holds a path: set __metrics_path__ instead`);
  const intervalMs = duration(labels, '__scrape_interval__');
  const timeoutMs = duration(labels, '__scrape_timeout__');
  if (timeoutMs > intervalMs) throw new Error('its __scrape_timeout__ is longer than its __scrape_interval__');
  const url = urlOf(labels, job.params);
  const own: Record<string, string> = {};
  for (const [label, value] of Object.entries(labels)) if (!label.startsWith('__') && value !== '') own[label] = value;
  own['instance'] ??= address;
  return { key: `${url}\n${canonicalKey(own)}`, discoveredLabels, labels: own, url, intervalMs, timeoutMs };
}

function duration(labels: Labels, name: string): number {
  const ms = parseDuration(labels[name] ?? '');
  if (ms === undefined || ms === 0) throw new Error(`its ${name} "${labels[name] ?? ''}" is not a duration`);
  return ms;
}

/** As Prometheus writes durations: `1m30s`, `15s`, `500ms`. */
function durationText(ms: number): string {
  const units = [
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1_000],
    ['ms', 1],
  ] as const;
  let rest = ms;
  let text = '';
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text;
}

function urlOf(labels: Labels, params: Readonly<Record<string, readonly string[]>>): string {
  const scheme = labels['__scheme__'] ?? 'http';
  if (scheme !== 'http' && scheme !== 'https') throw new Error(`its scheme "${scheme}" is neither http nor https`);
  const path = labels['__metrics_path__'] ?? '';
  const url = new URL(`${scheme}://${labels['__address__'] ?? ''}${path.startsWith('/') ? '' : '/'}${path}`);
  const query = new Map<string, string[]>();
  for (const [name, values] of Object.entries(params)) query.set(name, [...values]);
  for (const [label, value] of Object.entries(labels)) {
    if (!label.startsWith('__param_')) continue;
    const name = label.slice('__param_'.length);
    query.set(name, [value, ...(query.get(name) ?? []).slice(1)]);
  }
  for (const name of [...query.keys()].sort())
    for (const value of query.get(name) ?? []) url.searchParams.append(name, value);
  return url.href;
}

/** The URL for other machines: this one's name in the place of a loopback address. */
export function globalUrl(text: string): string {
  const url = new URL(text);
  if (url.hostname === 'localhost' || url.hostname === '[::1]' || url.hostname.startsWith('127.'))
    url.hostname = hostname();
  return url.href;
}
