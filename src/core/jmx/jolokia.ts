import { CollectError } from '../plugin/collect-error.ts';
import type { Collection, CollectionProblem } from '../plugin/collector.ts';
import type { HttpSettings, HttpTool } from '../plugin/target-context.ts';
import type { BeanReading } from './compile-rules.ts';
import { canonicalName, isPattern } from './object-name.ts';
import { type Bean, type ReadBeans, valuesOfBeans } from './read-beans.ts';
import { startOf } from './virtual-machine.ts';

/** One answer within a bulk answer (Jolokia protocol 7). */
type Item = {
  readonly request?: { readonly mbean?: unknown };
  readonly value?: unknown;
  readonly status?: unknown;
  readonly error?: unknown;
};
type Attributes = Readonly<Record<string, unknown>>;

const OK = 200;
const NOT_THERE = 404;

/** The body of one bulk request for all readings. */
export function jolokiaRequest(readings: readonly BeanReading[]): string {
  const config = { ignoreErrors: 'true', canonicalNaming: 'true' };
  return JSON.stringify(
    readings.map(({ bean, attributes }) => ({ type: 'read', mbean: bean, attribute: attributes, config })),
  );
}

/**
 * What a Jolokia agent answers to a bulk request. Each item has a status of its own; beans that are not there are none
 * of the problems. Throws `protocol` for another text, `answer` when nothing may be read.
 */
export function parseJolokia(text: string, readings: readonly BeanReading[]): Collection {
  const known = new Map(readings.map((reading) => [canonicalName(reading.bean), reading]));
  const answers: ReadBeans[] = [];
  const problems: CollectionProblem[] = [];
  const items = itemsOf(text);
  for (const item of items) {
    const reading = known.get(canonicalName(String(item.request?.mbean ?? '')));
    if (reading === undefined || item.status === NOT_THERE) continue;
    if (item.status === OK) answers.push({ reading, beans: beansOf(reading, item.value) });
    else problems.push({ part: reading.bean, message: `status ${String(item.status)}: ${errorOf(item)}` });
  }
  if (problems.length > 0 && problems.length === items.length)
    throw new CollectError('answer', `Jolokia gives nothing: ${problems[0]?.message ?? ''}`);
  return { values: valuesOfBeans(answers), problems, ...startOf(answers) };
}

/** One run against the agent at this URL. */
export async function collectJolokia(
  http: HttpTool,
  { url, ...settings }: HttpSettings & { readonly url: string },
  { readings, signal }: { readonly readings: readonly BeanReading[]; readonly signal: AbortSignal },
): Promise<Collection> {
  const body = jolokiaRequest(readings);
  const headers = { 'content-type': 'application/json' };
  const text = await http.text(`${url.replace(/\/$/, '')}/`, { ...settings, signal, method: 'POST', headers, body });
  return parseJolokia(text, readings);
}

function itemsOf(text: string): readonly Item[] {
  try {
    const parsed = JSON.parse(text) as unknown;
    if (Array.isArray(parsed)) return parsed as readonly Item[];
    const { status, error } = parsed as Item;
    if (status !== undefined) throw new CollectError('answer', `Jolokia answers ${String(status)}: ${String(error)}`);
  } catch (error) {
    if (error instanceof CollectError) throw error;
  }
  throw new CollectError(
    'protocol',
    `this is no answer of Jolokia; it begins with ${JSON.stringify(text.slice(0, 60))}`,
  );
}

function beansOf({ bean }: BeanReading, value: unknown): readonly Bean[] {
  if (typeof value !== 'object' || value === null) return [];
  if (!isPattern(bean)) return [{ name: bean, attributes: value as Attributes }];
  return Object.entries(value as Readonly<Record<string, Attributes>>).map(([name, attributes]) => ({
    name,
    attributes,
  }));
}

const errorOf = ({ error }: Item): string => (typeof error === 'string' ? error.slice(0, 200) : 'it says no more');
