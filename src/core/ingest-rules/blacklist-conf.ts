import { RE2JS } from 're2js';
import { DropRule } from '../api/ingest-rules.ts';
import { messageOf } from '../errors.ts';
import { NAME_LABEL } from '../model/labels.ts';
import { type ConfFault, confLines } from './conf-lines.ts';

/** Drop rules of a text, and the lines that are none. */
export type ReadBlacklist = { readonly rules: readonly DropRule[]; readonly faults: readonly ConfFault[] };

/** Reads carbon's `blacklist.conf`, a regular expression a line that is searched in names, as rules that drop. */
export function readBlacklistConf(text: string): ReadBlacklist {
  const rules: DropRule[] = [];
  const faults: ConfFault[] = [];
  for (const { line, content } of confLines(text)) {
    try {
      RE2JS.compile(content);
      const selector = `{${NAME_LABEL}=~${JSON.stringify(wholeName(content))}}`;
      rules.push(DropRule.parse({ selector, note: `line ${line} of a blacklist` }));
    } catch (error) {
      faults.push({ line, problem: messageOf(error) });
    }
  }
  return { rules, faults };
}

/** A pattern of whole names for one that is searched in them. */
function wholeName(pattern: string): string {
  const isPlain = !pattern.includes('|');
  const [before, after] = [isPlain && pattern.startsWith('^'), isPlain && /(?:^|[^\\])\$$/.test(pattern)];
  const inner = pattern.slice(before ? 1 : 0, after ? -1 : undefined);
  if (isPlain) return `${before ? '' : '.*'}${inner}${after ? '' : '.*'}`;
  return `.*(?:${pattern}).*`;
}
