import type { Extension } from '@codemirror/state';
import type { FunctionHelp, Language, SqlTableHelp } from '#core/api/text-query.ts';
import type { ApiClient } from '#web/data/api-client.ts';

/** Languages whose functions are explained. */
export type HelpedLanguage = 'promql' | 'graphite' | 'sql';

export type LanguageTools = {
  readonly api: ApiClient;
  readonly functions: (language: HelpedLanguage) => Promise<readonly FunctionHelp[]>;
  /** What SQL may read. */
  readonly tables: () => Promise<readonly SqlTableHelp[]>;
};

/** How far back completions of log queries look, ms. */
const LOG_REACH_MS = 3_600_000;

/** Colours and completion of a language; each is loaded when it is first written. */
export async function loadLanguage(language: Language, { api, functions, tables }: LanguageTools): Promise<Extension> {
  switch (language) {
    case 'metrics':
      return (await import('./metric-language.ts')).metricExtension(api);
    case 'promql':
      return (await import('./promql-language.ts')).promqlExtension();
    case 'graphite':
      return (await import('./graphite-language.ts')).graphiteExtension(api, () => functions('graphite'));
    case 'logs':
      return logExtension(api);
    case 'sql':
      return (await import('./sql-language.ts')).sqlExtension({ functions: () => functions('sql'), tables });
  }
}

async function logExtension(api: ApiClient): Promise<Extension> {
  const [language, source] = await Promise.all([
    import('#web/features/logs/log-language.ts'),
    import('#web/features/logs/completion-source.ts'),
  ]);
  const range = (): { fromMs: number; toMs: number } => ({ fromMs: Date.now() - LOG_REACH_MS, toMs: Date.now() });
  return language.logExtension(source.completionSource(api, range));
}
