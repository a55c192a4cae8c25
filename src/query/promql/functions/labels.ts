import { RE2JS, RE2JSException } from 're2js';
import { AppError } from '#core/errors.ts';
import { type Labels, NAME_LABEL } from '#core/model/labels.ts';
import type { PromFunction } from '#query/promql/function-def.ts';
import type { Value, VectorSeries } from '#query/promql/value.ts';
import { textArg, textArgs, vectorArg } from './arguments.ts';
import { mergeSameLabels } from './merge-series.ts';
import { expandTemplate } from './regex-template.ts';
import { withLabel } from './with-label.ts';

/** Any text in Unicode but the empty one; U+FFFD stands for what was none. */
function requireLabelName(fn: string, role: 'source' | 'destination', name: string): void {
  if (name === '' || !name.isWellFormed() || name.includes('\uFFFD')) {
    throw new AppError('bad_query', `invalid ${role} label name in ${fn}(): ${name}`);
  }
}

function relabelled(series: VectorSeries, label: string, value: string): VectorSeries {
  const labels = withLabel(series.labels, label, value);
  return label === NAME_LABEL ? { ...series, labels, dropName: false } : { ...series, labels };
}

function relabel(series: readonly VectorSeries[], dst: string, valueOf: (labels: Labels) => string | undefined): Value {
  const changed = series.map((each) => {
    const value = valueOf(each.labels);
    return value === undefined ? each : relabelled(each, dst, value);
  });
  return { kind: 'vector', series: mergeSameLabels(changed) };
}

function compile(source: string): RE2JS {
  try {
    return RE2JS.compile(`^(?s:${source})$`);
  } catch (cause) {
    if (!(cause instanceof RE2JSException)) throw cause;
    throw new AppError('bad_query', `invalid regular expression in label_replace(): ${source}`, { cause });
  }
}

const labelReplace: PromFunction = {
  kind: 'whole',
  name: 'label_replace',
  help: 'Sets a label to a text in which $1 or $name stand for groups of a regular expression that matches another label.',
  args: ['vector', 'string', 'string', 'string', 'string'],
  optional: 0,
  returns: 'vector',
  evaluate: (args) => {
    const [dst, replacement, src, regex] = [1, 2, 3, 4].map((i) => textArg(args, i)) as [
      string,
      string,
      string,
      string,
    ];
    const pattern = compile(regex);
    requireLabelName('label_replace', 'destination', dst);
    return relabel(vectorArg(args, 0), dst, (labels) => {
      const matcher = pattern.matcher(labels[src] ?? '');
      return matcher.find() ? expandTemplate(replacement, matcher, pattern.namedGroups()) : undefined;
    });
  },
};

const labelJoin: PromFunction = {
  kind: 'whole',
  name: 'label_join',
  help: 'Sets a label to the values of others, joined by a separator.',
  args: ['vector', 'string', 'string', 'string'],
  optional: -1,
  returns: 'vector',
  evaluate: (args) => {
    const [dst, separator] = [textArg(args, 1), textArg(args, 2)];
    const sources = textArgs(args, 3);
    for (const source of sources) requireLabelName('label_join', 'source', source);
    requireLabelName('label_join', 'destination', dst);
    return relabel(vectorArg(args, 0), dst, (labels) => sources.map((source) => labels[source] ?? '').join(separator));
  },
};

/** What changes labels. */
export const labelFunctions: readonly PromFunction[] = [labelReplace, labelJoin];
