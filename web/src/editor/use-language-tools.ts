import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { FunctionHelp, SqlTableHelp } from '#core/api/text-query.ts';
import type { ApiClient } from '#web/data/api-client.ts';
import { useApi } from '#web/data/data-context.ts';
import type { HelpedLanguage, LanguageTools } from './load-language.ts';

/** How the functions of a language are asked for, once for all editors. */
export function functionsQuery(api: ApiClient, language: HelpedLanguage) {
  return {
    queryKey: ['functions', language],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => api.json<readonly FunctionHelp[]>('/api/query/functions', { query: { language } }),
  };
}

function tablesQuery(api: ApiClient) {
  return {
    queryKey: ['sql-tables'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => api.json<readonly SqlTableHelp[]>('/api/query/tables'),
  };
}

/** What editors ask the server: discovery, and the functions of a language, once. */
export function useLanguageTools(): LanguageTools {
  const api = useApi();
  const queries = useQueryClient();
  return useMemo(
    () => ({
      api,
      tables: () => queries.fetchQuery(tablesQuery(api)),
      functions: (language) => queries.fetchQuery(functionsQuery(api, language)),
    }),
    [api, queries],
  );
}
