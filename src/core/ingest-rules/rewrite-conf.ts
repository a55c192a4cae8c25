import { REWRITE_STAGES, RewriteRule } from '../api/ingest-rules.ts';
import { messageOf } from '../errors.ts';
import { type ConfFault, confLines } from './conf-lines.ts';
import { compileRewrite } from './rewrite.ts';

/** Rules of a text, and the lines that are none. */
export type ReadRewrites = { readonly rules: readonly RewriteRule[]; readonly faults: readonly ConfFault[] };

/** Reads carbon's `rewrite-rules.conf`: sections `[pre]` and `[post]` with lines `pattern = replacement`. */
export function readRewriteConf(text: string): ReadRewrites {
  const rules: RewriteRule[] = [];
  const faults: ConfFault[] = [];
  let stage: RewriteRule['stage'] | undefined;
  for (const { line, content } of confLines(text)) {
    const section = /^\[(.*)\]$/.exec(content)?.[1];
    if (section !== undefined) {
      stage = REWRITE_STAGES.find((one) => one === section.toLowerCase());
      if (stage === undefined) faults.push({ line, problem: `the sections are [${REWRITE_STAGES.join('] and [')}]` });
      continue;
    }
    const rule = stage === undefined ? 'a rule stands below [pre] or [post]' : readLine(content, stage);
    if (typeof rule === 'string') faults.push({ line, problem: rule });
    else rules.push(rule);
  }
  return { rules, faults };
}

function readLine(content: string, stage: RewriteRule['stage']): RewriteRule | string {
  const cut = content.indexOf('=');
  if (cut < 1) return 'a rule is: pattern = replacement';
  const pattern = content.slice(0, cut).trim();
  const read = RewriteRule.safeParse({ stage, pattern, replacement: content.slice(cut + 1).trim() });
  if (!read.success) return 'a value is out of its range';
  try {
    compileRewrite(read.data);
    return read.data;
  } catch (error) {
    return messageOf(error);
  }
}

/** The same text for rules; disabled ones are comments. */
export function printRewriteConf(rules: readonly RewriteRule[]): string {
  return REWRITE_STAGES.flatMap((stage) => {
    const lines = rules
      .filter((rule) => rule.stage === stage)
      .map(({ pattern, replacement, isEnabled }) => `${isEnabled ? '' : '# '}${pattern} = ${replacement}\n`);
    return lines.length === 0 ? [] : [`[${stage}]\n`, ...lines];
  }).join('');
}
