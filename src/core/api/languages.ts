/** The languages in which a chart may ask. */
export const LANGUAGES = ['metrics', 'promql', 'graphite', 'logs', 'sql'] as const;
