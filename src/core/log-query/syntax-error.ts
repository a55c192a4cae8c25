import { AppError } from '../errors.ts';

/** A log query that cannot be read. `position` is the offset in the text, in UTF-16 units. */
export class LogQuerySyntaxError extends AppError {
  readonly position: number;

  constructor(message: string, position: number) {
    super('bad_query', `${message} (at position ${position + 1})`, { details: { position } });
    this.name = 'LogQuerySyntaxError';
    this.position = position;
  }
}
