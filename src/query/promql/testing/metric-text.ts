import type { Labels } from '#core/model/labels.ts';
import { readQuoted } from './quoted-text.ts';

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*/;
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_.:]*/;

/** The series at the beginning of a line (`name{label="value"}`), and what follows it. */
export function readMetric(line: string): { readonly labels: Labels; readonly rest: string } {
  const labels: Record<string, string> = {};
  let rest = line.trimStart();
  const name = NAME.exec(rest)?.[0];
  if (name !== undefined) {
    labels['__name__'] = name;
    rest = rest.slice(name.length).trimStart();
  }
  if (rest.startsWith('{') && !rest.startsWith('{{')) rest = readLabels(rest.slice(1), labels);
  return { labels: Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== '')), rest };
}

/** Reads labels up to the closing brace into `labels`, and gives what follows. */
function readLabels(text: string, labels: Record<string, string>): string {
  let rest = text.trimStart();
  while (!rest.startsWith('}')) {
    if (rest === '') throw new Error(`no closing brace in {${text}`);
    rest = rest.startsWith(',') ? rest.slice(1).trimStart() : readLabel(rest, labels);
  }
  return rest.slice(1);
}

function readLabel(text: string, labels: Record<string, string>): string {
  const quoted = readQuoted(text);
  const label = quoted?.value ?? LABEL.exec(text)?.[0];
  if (label === undefined) throw new Error(`bad label in ${text}`);
  let rest = text.slice(quoted?.length ?? label.length).trimStart();
  if (quoted !== undefined && !rest.startsWith('=')) {
    labels['__name__'] = label;
    return rest;
  }
  rest = rest.slice(1).trimStart();
  const value = readQuoted(rest);
  if (value === undefined) throw new Error(`bad value of a label in ${text}`);
  labels[label] = value.value;
  return rest.slice(value.length).trimStart();
}
