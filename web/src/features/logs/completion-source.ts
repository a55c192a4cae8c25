import type { LogFieldsAnswer, LogValuesAnswer } from '#core/api/logs.ts';
import type { Span } from '#web/app/time/time-range.ts';
import type { ApiClient } from '#web/data/api-client.ts';
import type { LogCompletionSource } from './log-language.ts';

/** Completions from the lines of a time: their fields, asked once, and values of one of them. */
export function completionSource(api: ApiClient, range: () => Span): LogCompletionSource {
  const ask = <Answer>(name: string, body: object): Promise<Answer> => {
    const { fromMs, toMs } = range();
    const whole = { query: '', from: Math.floor(fromMs), to: Math.ceil(toMs), ...body };
    return api.json<Answer>(`/api/logs/${name}`, { method: 'POST', body: whole });
  };
  const asked: { fields?: Promise<LogFieldsAnswer> } = {};
  return {
    fields: async () => (await (asked.fields ??= ask<LogFieldsAnswer>('fields', {}))).fields,
    values: async (field, prefix) => (await ask<LogValuesAnswer>('values', { field, prefix, limit: 50 })).values,
  };
}
