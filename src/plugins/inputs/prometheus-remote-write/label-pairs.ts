import { ProtobufScanner } from '#core/bytes/protobuf-scanner.ts';
import { canonicalKey, isLabelText, type Labels, NAME_LABEL } from '#core/model/labels.ts';
import { seriesText } from '#core/model/series-text.ts';

/** Fields of `prometheus.TimeSeries` and `prometheus.Label` that make the bytes of a key. */
export const LABEL_TAG = 0x0a;
export const LABEL_NAME_TAG = 0x0a;
export const LABEL_VALUE_TAG = 0x12;

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export type LabelPair = readonly [name: string, value: string];

/** The labels in a run of `Label` fields, in their order. Throws `bad_request`. */
export function readLabelPairs(key: Uint8Array): LabelPair[] {
  const scanner = new ProtobufScanner(key);
  const pairs: LabelPair[] = [];
  while (scanner.at < key.length) {
    if (scanner.varint(key.length) !== LABEL_TAG) throw scanner.broken('a label was expected');
    const end = scanner.block(key.length);
    pairs.push(readLabelPair(scanner, end));
  }
  return pairs;
}

/** Reads the `Label` message that ends at `to`. Throws `bad_request`. */
export function readLabelPair(scanner: ProtobufScanner, to: number): LabelPair {
  let name = '';
  let value = '';
  while (scanner.at < to) {
    const tag = scanner.varint(to);
    if (tag === LABEL_NAME_TAG) name = readText(scanner, to);
    else if (tag === LABEL_VALUE_TAG) value = readText(scanner, to);
    else scanner.skip(tag, to);
  }
  return [name, value];
}

/** Reads a string field. Throws `bad_request` when it is not UTF-8. */
export function readText(scanner: ProtobufScanner, to: number): string {
  const end = scanner.block(to);
  const bytes = scanner.bytes.subarray(scanner.at, end);
  scanner.at = end;
  try {
    return UTF8.decode(bytes);
  } catch {
    throw scanner.broken('a text is not UTF-8');
  }
}

/** The set of labels; an empty value is the same as no label (Prometheus data model). */
export function labelsOf(pairs: readonly LabelPair[]): Labels {
  const labels = Object.create(null) as Record<string, string>;
  for (const [name, value] of pairs) if (value !== '') labels[name] = value;
  return labels;
}

/** The canonical key of the bytes of a run of `Label` fields; undefined when they name no series. */
export function canonicalKeyOf(key: Uint8Array): string | undefined {
  try {
    const pairs = readLabelPairs(key);
    return problemOf(pairs) === undefined ? canonicalKey(labelsOf(pairs)) : undefined;
  } catch {
    return undefined;
  }
}

/** A run of `Label` fields as a person writes a series, and what is wrong with it. */
export function describeLabels(key: Uint8Array): string {
  try {
    const pairs = readLabelPairs(key);
    const problem = problemOf(pairs);
    return `${seriesText(pairs)}${problem === undefined ? '' : `: ${problem}`}`;
  } catch {
    return 'its labels cannot be read';
  }
}

/** The checks of Prometheus' receiver, and no control characters (`core/model/labels`). */
function problemOf(pairs: readonly LabelPair[]): string | undefined {
  const names = new Set<string>();
  for (const [name, value] of pairs) {
    if (name === '') return 'a label has no name';
    if (names.has(name)) return `the label ${JSON.stringify(name)} is there twice`;
    if (!isLabelText(name) || !isLabelText(value)) return `the label ${JSON.stringify(name)} holds control characters`;
    names.add(name);
  }
  return pairs.some(([name, value]) => name === NAME_LABEL && value !== '') ? undefined : 'it has no name (__name__)';
}
