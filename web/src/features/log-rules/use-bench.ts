import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import type { SuggestedPatterns, TriedLogRules } from '#core/api/log-rule-api.ts';
import type { LogRules } from '#core/api/log-rules.ts';
import type { Search } from '#web/app/search.ts';
import { useApi } from '#web/data/data-context.ts';
import { readLogQuery } from '#web/features/logs/query-edits.ts';

/** What the rules are tried on; all of it but long texts is in the URL. */
export type Samples = {
  readonly kind: 'stored' | 'pasted';
  readonly query: string;
  readonly text: string;
  /** All of the text is one event, not a line each. */
  readonly isOne: boolean;
  readonly service: string;
  readonly source: string;
  readonly host: string;
};

/** Longer texts are not in the URL. */
const MAX_IN_URL = 4_000;
const MAX_LINES = 200;

/** The samples in the URL (`samples`, `q`, `lines`, `one`, `service`, `source`, `host`). */
export function useSamples() {
  const search: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  const [text, setText] = useState(search['lines'] ?? '');
  const put = (change: Search): void =>
    void navigate({ to: '.', search: (before: Search) => ({ ...before, ...change }), replace: true });
  const samples: Samples = {
    kind: search['samples'] === 'pasted' ? 'pasted' : 'stored',
    query: search['q'] ?? '',
    text,
    isOne: search['one'] === '1',
    service: search['service'] ?? '',
    source: search['source'] ?? '',
    host: search['host'] ?? '',
  };
  return {
    samples,
    put,
    setText: (next: string): void => {
      setText(next);
      put({ lines: next.length > MAX_IN_URL ? undefined : next || undefined });
    },
  };
}

export type SamplesEdit = ReturnType<typeof useSamples>;

/** What rules do to the samples, asked anew after each change; nothing while the rules cannot be read. */
export function useTrial(rules: LogRules | undefined, samples: Samples) {
  const api = useApi();
  const question = useDeferredValue(rules === undefined ? undefined : questionOf(rules, samples));
  return useQuery({
    queryKey: ['log-rules-try', question],
    queryFn: ({ signal }) =>
      api.json<TriedLogRules>('/api/log-rules/try', {
        method: 'POST',
        body: JSON.parse(question ?? '') as unknown,
        signal,
      }),
    placeholderData: keepPreviousData,
    enabled: question !== undefined,
    retry: false,
    gcTime: 60_000,
  });
}

/** What is asked; undefined where there is nothing to try, or the query is not complete. */
function questionOf(rules: LogRules, samples: Samples): string | undefined {
  const { kind, query, service, source, host } = samples;
  if (kind === 'stored') {
    return readLogQuery(query).query === undefined ? undefined : JSON.stringify({ rules, query });
  }
  const lines = linesOf(samples);
  return lines.length === 0 ? undefined : JSON.stringify({ rules, lines, service, source, host });
}

/** Patterns for a line; asked when it is one. */
export function useSuggestion(line: string | undefined) {
  const api = useApi();
  return useQuery({
    queryKey: ['log-rules-suggest', line],
    queryFn: ({ signal }) =>
      api.json<SuggestedPatterns>('/api/log-rules/suggest', { method: 'POST', body: { line }, signal }),
    enabled: line !== undefined,
    retry: false,
  });
}

function linesOf({ text, isOne }: Samples): string[] {
  if (text.trim() === '') return [];
  return isOne
    ? [text]
    : text
        .split('\n')
        .filter((line) => line !== '')
        .slice(0, MAX_LINES);
}
