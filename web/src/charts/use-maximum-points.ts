import { type RefObject, use, useEffect, useLayoutEffect, useState } from 'react';
import { ChartContext } from './chart-environment.ts';

const PER_PIXEL = 1.5;
const QUANTUM = 200;
const LEAST = 300;
const MOST = 1_200;

/**
 * Points that a chart of this element's width can show, in coarse steps so that a dragged window border does not ask
 * anew all the time; undefined until it is laid out.
 */
export function useMaximumPoints(ref: RefObject<HTMLElement | null>): number | undefined {
  const environment = use(ChartContext);
  const [points, setPoints] = useState<number>();
  useLayoutEffect(() => {
    if (ref.current !== null) setPoints(pointsFor(ref.current.clientWidth));
  }, [ref]);
  useEffect(() => {
    if (ref.current === null) return undefined;
    return environment.observeSize(ref.current, (width) => setPoints(pointsFor(width)));
  }, [environment, ref]);
  return points;
}

function pointsFor(width: number): number {
  return Math.min(MOST, Math.max(LEAST, Math.ceil((width * PER_PIXEL) / QUANTUM) * QUANTUM));
}
