import { type RefObject, use, useEffect, useState } from 'react';
import type { ChartSource } from './chart-data.ts';
import { ChartContext } from './chart-environment.ts';
import { ChartHandle } from './chart-handle.ts';

/**
 * Feeds a handle from a source for what is not drawn by uPlot: figures, sparks, tables. Reads only while the element is
 * in view, at most four times a second.
 */
export function useReadout(source: ChartSource, element: RefObject<HTMLElement | null>): ChartHandle {
  const environment = use(ChartContext);
  const [handle] = useState(() => new ChartHandle());
  useEffect(() => {
    let inView = false;
    const drawable = { isVisible: () => inView, draw: () => handle.update(source.read(), undefined) };
    const request = (): void => environment.queue.request(drawable);
    const ends = [source.listen(request), environment.everySecond(request)];
    if (element.current !== null) {
      ends.push(
        environment.observeView(element.current, (seen) => {
          inView = seen;
          if (seen) request();
        }),
      );
    }
    request();
    return () => {
      for (const end of ends) end();
      environment.queue.remove(drawable);
      handle.close();
    };
  }, [environment, element, handle, source]);
  return handle;
}
