import type { Args } from './args.ts';
import type { CallContext, FunctionDef, FunctionResult } from './function-def.ts';
import type { Series } from './series.ts';

/** Points after which other work of the thread may run. */
const PIECE_POINTS = 100_000;

type Breathing = Pick<CallContext, 'breathe'>;

/** Runs a function that takes each series by itself over a few of them at a time. */
export async function runInPieces(def: FunctionDef, args: Args, context: CallContext): Promise<FunctionResult> {
  const list = args.series('seriesList');
  const out: Series[] = [];
  let from = 0;
  let points = 0;
  do {
    const to = pieceEnd(list, from);
    const found = await def.run(args.withSeries('seriesList', list.slice(from, to)), context);
    for (const series of found.flat() as Series[]) {
      points += series.values.length;
      out.push(series);
    }
    context.checkPoints(points);
    from = to;
    await context.breathe();
  } while (from < list.length);
  return out;
}

function pieceEnd(list: readonly Series[], from: number): number {
  let points = 0;
  let to = from;
  while (to < list.length && points < PIECE_POINTS) points += list[to++]?.values.length ?? 0;
  return to;
}

/** Maps a long list of series; other work of the thread may run between them. */
export async function mapSlowly<Item, Result>(
  list: readonly Item[],
  { breathe }: Breathing,
  map: (item: Item, index: number) => Result | Promise<Result>,
): Promise<Result[]> {
  const out: Result[] = [];
  for (const [index, item] of list.entries()) {
    out.push(await map(item, index));
    await breathe();
  }
  return out;
}
