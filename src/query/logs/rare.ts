import { checkOf } from '#core/log-query/check.ts';
import { fieldKind } from '#core/log-query/fields.ts';
import type { LogFilter } from '#core/log-query/query.ts';
import { wordsOf } from '#core/log-query/words.ts';
import { isIdWord } from '#storage/clickhouse/schema/log-words.ts';

/** Whether all that a filter finds has an id in it: such lines are few, and the indexes know where. Throws `bad_query`. */
export function isForId(filter: LogFilter, now: number): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.parts.some((part) => isForId(part, now));
    case 'or':
      return filter.parts.every((part) => isForId(part, now));
    case 'field': {
      const check = checkOf(filter.field, filter.test, now);
      if (check.kind === 'words') return check.words.some(isIdWord);
      const isIndexed = ['any', 'trace'].includes(fieldKind(filter.field));
      return check.kind === 'equals' && isIndexed && wordsOf(check.text).some(isIdWord);
    }
    default:
      return false;
  }
}
