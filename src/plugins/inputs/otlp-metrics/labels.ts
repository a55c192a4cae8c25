import type { Labels } from '#core/model/labels.ts';
import type { Attribute } from '#core/otlp/any-value.ts';
import { labelName, type Translation } from './names.ts';

const SERVICE_NAME = 'service.name';
const SERVICE_NAMESPACE = 'service.namespace';
const SERVICE_INSTANCE = 'service.instance.id';
const HOST_NAME = 'host.name';
const IDENTIFYING: ReadonlySet<string> = new Set([SERVICE_NAME, SERVICE_NAMESPACE, SERVICE_INSTANCE]);

/** Labels that a resource gives to all of its series. */
export type ResourceLabels = {
  /** `host` and `service`: what a point says itself comes before. */
  readonly standard: Labels;
  /** `job` and `instance`, as Prometheus sets them: they come before what a point says. */
  readonly target: Labels;
  /** The labels of `target_info`; undefined when there is nothing to tell. */
  readonly info: Labels | undefined;
};

/** What the attributes of a resource say about its series. */
export function resourceLabels(attributes: readonly Attribute[], translation: Translation): ResourceLabels {
  const values = new Map(attributes);
  const service = clean(values.get(SERVICE_NAME));
  const namespace = clean(values.get(SERVICE_NAMESPACE));
  const standard = withoutEmpty({ host: clean(values.get(HOST_NAME)), service });
  const job = service === '' || namespace === '' ? service : `${namespace}/${service}`;
  const target = withoutEmpty({ job, instance: clean(values.get(SERVICE_INSTANCE)) });
  const rest = attributes.filter(([key]) => !IDENTIFYING.has(key));
  const isTold = Object.keys(target).length > 0 && rest.length > 0;
  const info = isTold ? { ...standard, ...attributeLabels(rest, translation), ...target } : undefined;
  return { standard, target, info };
}

/** Attributes as labels. Of attributes with one label the values are joined by `;`, in the order of their keys. */
export function attributeLabels(attributes: readonly Attribute[], translation: Translation): Labels {
  const labels = Object.create(null) as Record<string, string>;
  const sorted = attributes.length < 2 ? attributes : attributes.toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)));
  for (const [key, value] of sorted) {
    const name = labelName(clean(key), translation);
    const text = clean(value);
    if (name === '' || text === '') continue;
    labels[name] = labels[name] === undefined ? text : `${labels[name]};${text}`;
  }
  return labels;
}

/** Labels hold no control characters (`core/model/labels`): a blank stands for each. */
export function clean(text = ''): string {
  return text.replace(/[\x00-\x1f\x7f]/g, ' ');
}

function withoutEmpty(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ''));
}
