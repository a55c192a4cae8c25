import { AppError } from '../errors.ts';

/** A metric query that cannot be read. `position` is the offset in the text, in UTF-16 units. */
export class MetricQuerySyntaxError extends AppError {
  readonly position: number;

  constructor(message: string, position: number) {
    super('bad_query', `${message} (at position ${position + 1})`, { details: { position } });
    this.name = 'MetricQuerySyntaxError';
    this.position = position;
  }
}
