import type { SuggestedPatterns } from '#core/api/log-rule-api.ts';
import { compileDissect } from '#parsing/extract/dissect.ts';
import { compileGrok } from '#parsing/grok/compile-grok.ts';
import { createGrokLibrary } from '#parsing/grok/grok-library.ts';
import { type LineToken, lineTokens } from './line-tokens.ts';

const REST: LineToken = { kind: 'value', grok: 'GREEDYDATA', name: 'rest' };
const WHOLE: readonly LineToken[] = [{ kind: 'value', grok: 'GREEDYDATA', name: 'text' }];

/** A grok and a dissect pattern that take a line apart; `dissect` is '' where nothing stands between two values. */
export function suggestPatterns(line: string): SuggestedPatterns {
  const { tokens, rest } = lineTokens(line);
  const parts = withNames(merged(rest === '' ? tokens : [...tokens, REST]));
  const grok = grokText(parts);
  const dissect = dissectText(parts);
  return {
    grok: grokReads(grok, line) ? grok : grokText(WHOLE),
    dissect: dissectReads(dissect, line) ? dissect : '',
  };
}

/** Texts beside each other as one. */
function merged(tokens: readonly LineToken[]): LineToken[] {
  const parts: LineToken[] = [];
  for (const token of tokens) {
    const last = parts.at(-1);
    if (token.kind === 'text' && last?.kind === 'text')
      parts.splice(-1, 1, { kind: 'text', text: last.text + token.text });
    else parts.push(token);
  }
  return parts;
}

/** No two values have one name: the second address is that of the destination, others are numbered. */
function withNames(parts: readonly LineToken[]): LineToken[] {
  const used = new Set<string>();
  return parts.map((part) => {
    if (part.kind === 'text') return part;
    let name = part.name === 'source.ip' && used.has(part.name) ? 'destination.ip' : part.name;
    for (let i = 2; used.has(name); i += 1) name = `${part.name}_${i}`;
    used.add(name);
    return { ...part, name };
  });
}

function grokText(parts: readonly LineToken[]): string {
  const text = parts.map((part, i) => {
    if (part.kind === 'text') return escaped(part.text);
    // At the end DATA, which takes as little as it can, would take nothing.
    const grok = part.grok === 'DATA' && i === parts.length - 1 ? 'GREEDYDATA' : part.grok;
    return `%{${grok}:${part.name}}`;
  });
  return `^${text.join('')}`;
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/\s{2,}/g, '\\s+');

function dissectText(parts: readonly LineToken[]): string {
  return parts.map((part) => (part.kind === 'text' ? part.text : `%{${part.name}}`)).join('');
}

function grokReads(pattern: string, line: string): boolean {
  try {
    return compileGrok(pattern, createGrokLibrary('ecs-v1')).match(line) !== undefined;
  } catch {
    return false;
  }
}

function dissectReads(pattern: string, line: string): boolean {
  try {
    return compileDissect(pattern)(line, () => undefined);
  } catch {
    return false;
  }
}
