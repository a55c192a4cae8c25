import { createHash } from 'node:crypto';
import type { Matcher, RE2JS } from 're2js';
import type { Labels } from '#core/model/labels.ts';
import { anchored, type RelabelConfig } from './relabel-config.ts';

type Mutable = Record<string, string>;
type Step = Omit<RelabelConfig, 'regex'> & { readonly regex: RE2JS };

/** The labels after all steps, without empty ones; undefined when a step drops them. */
export type Relabel = (labels: Labels) => Labels | undefined;

/** Relabelling as Prometheus does it; expressions are compiled once. */
export function createRelabel(configs: readonly RelabelConfig[]): Relabel {
  const steps = configs.map((config): Step => ({ ...config, regex: anchored(config.regex) }));
  return (labels) => {
    const out: Mutable = Object.assign(Object.create(null) as Mutable, labels);
    for (const step of steps) if (!apply(out, step)) return undefined;
    return out;
  };
}

/** False: the labels are dropped. */
function apply(labels: Mutable, step: Step): boolean {
  const { action, regex, source_labels, separator, target_label: target = '' } = step;
  const value = source_labels.map((name) => labels[name] ?? '').join(separator);
  switch (action) {
    case 'keep':
      return regex.matches(value);
    case 'drop':
      return !regex.matches(value);
    case 'keepequal':
      return (labels[target] ?? '') === value;
    case 'dropequal':
      return (labels[target] ?? '') !== value;
    case 'replace':
      replace(labels, step, value);
      break;
    case 'lowercase':
      set(labels, target, value.toLowerCase());
      break;
    case 'uppercase':
      set(labels, target, value.toUpperCase());
      break;
    case 'hashmod':
      set(labels, target, hashMod(value, step.modulus));
      break;
    case 'labelmap':
      mapLabels(labels, step);
      break;
    case 'labeldrop':
    case 'labelkeep':
      for (const name of Object.keys(labels)) if (regex.matches(name) === (action === 'labeldrop')) delete labels[name];
      break;
  }
  return true;
}

function replace(labels: Mutable, { regex, target_label = '', replacement }: Step, value: string): void {
  const match = regex.matcher(value);
  if (!match.find()) return;
  const target = expand(target_label, match);
  if (target !== '') set(labels, target, expand(replacement, match));
}

function mapLabels(labels: Mutable, { regex, replacement }: Step): void {
  for (const [name, value] of Object.entries(labels)) {
    const match = regex.matcher(name);
    if (match.find()) set(labels, expand(replacement, match), value);
  }
}

/** An empty value is no label. */
function set(labels: Mutable, name: string, value: string): void {
  if (value === '') delete labels[name];
  else labels[name] = value;
}

/** The last 8 bytes of the MD5 of the text, as a big-endian number, modulo. */
function hashMod(text: string, modulus: number): string {
  const digest = createHash('md5').update(text).digest();
  return String(digest.readBigUInt64BE(8) % BigInt(modulus));
}

/** Go's `Regexp.Expand`: `$1`, `${1}`, `$name`, `${name}`, `$$`; unknown groups are empty. */
function expand(template: string, match: Matcher): string {
  if (!template.includes('$')) return template;
  return template.replace(/\$(?:\$|(\w+)|\{(\w+)\})/g, (whole, plain?: string, braced?: string) => {
    const name = plain ?? braced;
    return name === undefined ? whole.slice(1) : group(match, name);
  });
}

function group(match: Matcher, name: string): string {
  if (!/^\d+$/.test(name)) return name in match.namedGroups ? (match.group(name) ?? '') : '';
  return Number(name) <= match.groupCount() ? (match.group(Number(name)) ?? '') : '';
}
