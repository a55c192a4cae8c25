import type { Extension } from '@codemirror/state';
import type { FunctionHelp, Language } from '#core/api/text-query.ts';
import type { ApiClient } from '#web/data/api-client.ts';

export type LanguageTools = {
  readonly api: ApiClient;
  readonly functions: (language: 'promql' | 'graphite') => Promise<readonly FunctionHelp[]>;
};

/** Colours and completion of a language; each is loaded when it is first written. */
export async function loadLanguage(language: Language, { api, functions }: LanguageTools): Promise<Extension> {
  switch (language) {
    case 'metrics':
      return (await import('./metric-language.ts')).metricExtension(api);
    case 'promql':
      return (await import('./promql-language.ts')).promqlExtension();
    case 'graphite':
      return (await import('./graphite-language.ts')).graphiteExtension(api, () => functions('graphite'));
    case 'sql':
      return (await import('./sql-language.ts')).sqlExtension();
  }
}
