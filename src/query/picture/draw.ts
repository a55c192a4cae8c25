import { createRequire } from 'node:module';
import { AppError } from '#core/errors.ts';
import { chartOption } from './chart-option.ts';
import { type ChartSpec, MAX_SERIES, MAX_SIDE, type PieSpec } from './chart-spec.ts';
import { pieOption } from './pie-option.ts';
import { FONT } from './theme.ts';

type Size = { readonly width: number; readonly height: number };

/** A chart as SVG. Throws `bad_request` for a size or a number of series that cannot be drawn. */
export async function drawChart(spec: ChartSpec): Promise<string> {
  if (spec.series.length > MAX_SERIES) {
    throw new AppError('bad_request', `${spec.series.length} series are too many for a picture: at most ${MAX_SERIES}`);
  }
  checkSize(spec);
  return drawOption(chartOption(spec), spec);
}

/** A pie as SVG. Throws `bad_request` as {@link drawChart} does. */
export async function drawPie(spec: PieSpec): Promise<string> {
  if (spec.slices.length > MAX_SERIES) {
    throw new AppError('bad_request', `${spec.slices.length} slices are too many for a picture: at most ${MAX_SERIES}`);
  }
  checkSize(spec);
  return drawOption(pieOption(spec), spec);
}

/** A chart as PNG. Throws as {@link drawChart} does. */
export async function drawPng(spec: ChartSpec): Promise<Uint8Array> {
  return pngOf(await drawChart(spec));
}

function checkSize({ width, height }: Size): void {
  for (const side of [width, height]) {
    if (Number.isInteger(side) && side >= 1 && side <= MAX_SIDE) continue;
    throw new AppError(
      'bad_request',
      `A picture of ${width} × ${height} cannot be drawn: sides are 1 to ${MAX_SIDE} pixels`,
    );
  }
}

async function drawOption(option: Record<string, unknown>, { width, height }: Size): Promise<string> {
  const [{ init, use }, charts, components, { SVGRenderer }] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ]);
  const { GraphicComponent, GridComponent, MarkLineComponent, TitleComponent } = components;
  use([
    charts.LineChart,
    charts.PieChart,
    GraphicComponent,
    GridComponent,
    MarkLineComponent,
    TitleComponent,
    SVGRenderer,
  ]);
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

/** An SVG picture as PNG of the same size; drawn off this thread. */
export async function pngOf(svg: string): Promise<Uint8Array> {
  const { renderAsync } = await import('@resvg/resvg-js');
  const fonts = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'];
  const { resolve } = createRequire(import.meta.url);
  const fontFiles = fonts.map((name) => resolve(`dejavu-fonts-ttf/ttf/${name}`));
  const image = await renderAsync(svg, {
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: FONT, sansSerifFamily: FONT },
  });
  return image.asPng();
}
