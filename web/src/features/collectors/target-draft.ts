import type { CatalogueEntry, StoredTarget, TargetRequest } from '#core/api/collectors.ts';
import type { OptionSchema } from '#core/plugin/option-schema.ts';

/** What a form begins with: the stored target, or what was found. */
export type TargetDraft = Pick<StoredTarget, 'options' | 'labels' | 'enabled'> &
  Partial<Pick<StoredTarget, 'id' | 'interval' | 'timeout' | 'secretsSet'>>;

/** A new target of nothing. */
export const EMPTY_DRAFT: TargetDraft = { options: {}, labels: {}, enabled: true };

/** The name of an option's field; settings of the target itself have theirs without it. */
export const fieldName = (option: string): string => `option.${option}`;
/** The name of the box that takes a secret away. */
export const clearName = (option: string): string => `clear.${option}`;

/** Fields of a form by name; absent ones are unticked boxes. */
export type FormValues = Pick<FormData, 'get' | 'has'>;

/** What the form says, as the API takes it. Throws a sentence for labels that are none. */
export function readTarget(form: FormValues, { id, options: { properties } }: CatalogueEntry): TargetRequest {
  const options: Record<string, unknown> = {};
  const secrets: Record<string, string | null> = {};
  for (const [name, option] of Object.entries(properties)) {
    if (option.format === 'secret') {
      const value = textOf(form, fieldName(name));
      if (form.has(clearName(name))) secrets[name] = null;
      else if (value !== '') secrets[name] = value;
      continue;
    }
    const value = readOption(form, name, option);
    if (value !== undefined && value !== option.default) options[name] = value;
  }
  const interval = textOf(form, 'interval');
  const timeout = textOf(form, 'timeout');
  return {
    ...{ collector: id, options, secrets, labels: readLabels(textOf(form, 'labels')), enabled: form.has('enabled') },
    ...(interval === '' ? {} : { interval }),
    ...(timeout === '' ? {} : { timeout }),
  };
}

function readOption(form: FormValues, name: string, { type, format }: OptionSchema): unknown {
  if (type === 'boolean') return form.has(fieldName(name));
  const text = textOf(form, fieldName(name));
  if (text === '') return undefined;
  if (type === 'number' || type === 'integer') return Number(text);
  if (type === 'array') {
    return text
      .split(/[\n,]/)
      .map((one) => one.trim())
      .filter((one) => one !== '');
  }
  return format === 'lines' ? `${text}\n` : text;
}

function textOf(form: FormValues, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

/** `env=prod, team=web` */
export function readLabels(text: string): Record<string, string> {
  const pairs = text.split(/[,\n]/).map((pair) => pair.trim());
  return Object.fromEntries(
    pairs.filter(Boolean).map((pair) => {
      const cut = pair.indexOf('=');
      if (cut < 1) throw new Error(`"${pair}" is no label: write name=value, with commas between labels`);
      return [pair.slice(0, cut).trim(), pair.slice(cut + 1).trim()];
    }),
  );
}

/** The inverse of {@link readLabels}. */
export function printLabels(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
}

const WORDS: Readonly<Record<string, string>> = { url: 'URL', tls: 'TLS', ca: 'CA', id: 'ID', api: 'API' };

/** An option's name as people read it: `tlsServerName` → `TLS server name`. */
export function optionLabel(name: string): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).split(/[\s_]+/);
  const text = words.map((word) => WORDS[word] ?? word).join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
