import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Language, QueryCheckAnswer, QueryProblemAnswer } from '#core/api/text-query.ts';
import { parseQueries } from '#web/charts/parse-queries.ts';
import { useApi } from '#web/data/data-context.ts';

const SETTLE_MS = 250;

/** What is wrong with a text, while it is written: metric queries are read here, others by the server. */
export function useQueryCheck(language: Language, text: string): QueryProblemAnswer | undefined {
  const api = useApi();
  const settled = useSettled(text);
  const isAsked = language !== 'metrics' && settled.trim() !== '' && !hasVariable(settled);
  const answer = useQuery({
    queryKey: ['query-check', language, settled],
    enabled: isAsked,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) =>
      api.json<QueryCheckAnswer>('/api/query/check', { method: 'POST', body: { language, text: settled }, signal }),
  });
  if (language === 'metrics') return parseQueries([{ text }]).problems[0];
  return isAsked && settled === text ? answer.data?.problem : undefined;
}

/** Variables of a dashboard have values only there. */
const hasVariable = (text: string): boolean => /\$(?!__)\w|\$\{(?!__)|\[\[/.test(text);

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
