/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a canvas has no element of its own: an image in words */
import { useEffect, useRef } from 'react';
import { type ChartData, EMPTY_DATA } from '#web/charts/chart-data.ts';
import { type ChartTheme, readChartTheme } from '#web/charts/chart-theme.ts';
import styles from './figure.module.css';
import { FigurePanel, type FigurePanelProps } from './figure-panel.tsx';

/** A picture to be drawn: the size is in CSS px, the context is scaled to it. */
export type Picture = {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  readonly theme: ChartTheme;
  readonly unit: string;
};

export type CanvasFigureProps = Pick<FigurePanelProps, 'panel' | 'actions' | 'limit' | 'maxPoints'> & {
  readonly draw: (data: ChartData, picture: Picture) => void;
  /** The picture in words. */
  readonly describe: (data: ChartData) => string;
};

/** A panel that is drawn on a canvas of its own from the values of its queries. */
export function CanvasFigure({ draw, describe, ...frame }: CanvasFigureProps) {
  const latest = useRef<() => void>(undefined);
  useEffect(() => {
    const redraw = (): void => latest.current?.();
    const observer = new MutationObserver(redraw);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => observer.disconnect();
  }, []);
  return (
    <FigurePanel
      {...frame}
      write={(root, handle, { unit }) => {
        const canvas = root.querySelector('canvas');
        const data = handle.data.t.length === 0 ? EMPTY_DATA : handle.data;
        latest.current = () => paint(canvas, (picture) => draw(data, { ...picture, unit }));
        latest.current();
        canvas?.setAttribute('aria-label', `${frame.panel.title}: ${describe(data)}`);
      }}
    >
      {() => <canvas className={styles.canvas} role="img" aria-label={frame.panel.title} />}
    </FigurePanel>
  );
}

function paint(canvas: HTMLCanvasElement | null, draw: (picture: Omit<Picture, 'unit'>) => void): void {
  const context = canvas?.getContext('2d');
  if (canvas === null || context === null || context === undefined) return;
  const { clientWidth: width, clientHeight: height } = canvas;
  if (width < 40 || height < 20) return;
  canvas.width = width * devicePixelRatio;
  canvas.height = height * devicePixelRatio;
  context.scale(devicePixelRatio, devicePixelRatio);
  const theme = readChartTheme(document.documentElement);
  context.font = theme.font;
  draw({ context, width, height, theme });
}
