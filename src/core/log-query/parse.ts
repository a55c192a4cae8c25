import { parseFilter } from './parse-filter.ts';
import { parsePipe } from './parse-pipe.ts';
import type { LogPipe, LogQuery } from './query.ts';
import { QueryReader } from './reader.ts';

const MAX_TEXT = 16 * 1024;
const MAX_PIPES = 20;

/** Reads a log query. Throws a {@link LogQuerySyntaxError} (`bad_query`) with the position. */
export function parseLogQuery(text: string): LogQuery {
  const reader = new QueryReader(text);
  if (text.length > MAX_TEXT) reader.fail(`the query is longer than ${MAX_TEXT} characters`);
  const filter = parseFilter(reader, 'search');
  const pipes: LogPipe[] = [];
  for (;;) {
    reader.skipSpace();
    if (reader.done) return { filter, pipes };
    if (reader.take(/\|/y) === undefined) {
      reader.fail(reader.sees(/\)/y) ? "there is no '(' for this ')'" : 'this is not understood here');
    }
    if (pipes.length === MAX_PIPES) reader.fail(`there are more than ${MAX_PIPES} pipes`);
    pipes.push(parsePipe(reader));
  }
}
