import { axisNumber } from './axis-number.ts';
import type { PieSpec } from './chart-spec.ts';
import { textGraphic } from './legend-graphics.ts';
import { FONT, themeOf } from './theme.ts';

const FONT_SIZE = 11;

/** A pie as ECharts takes it; slices below zero cannot be drawn. */
export function pieOption(spec: PieSpec): Record<string, unknown> {
  const theme = themeOf(spec);
  const fontSize = spec.fontSize ?? FONT_SIZE;
  const slices = spec.slices.filter(({ value }) => value > 0);
  const label = { color: theme.text, fontSize, fontFamily: FONT, formatter: '{b}  {d} %' };
  return {
    animation: false,
    backgroundColor: theme.background,
    color: [...theme.palette],
    ...(spec.title === undefined
      ? {}
      : {
          title: {
            text: spec.title,
            left: 'center',
            top: 10,
            textStyle: { color: theme.text, fontSize: fontSize + 3 },
          },
        }),
    series: [
      {
        type: 'pie',
        radius: ['0%', '62%'],
        center: ['50%', spec.title === undefined ? '50%' : '54%'],
        itemStyle: { borderColor: theme.background, borderWidth: 1 },
        label,
        labelLine: { lineStyle: { color: theme.quiet } },
        data: slices.map(({ name, value }) => ({ name: `${name} ${axisNumber(value)}`, value })),
      },
    ],
    graphic:
      slices.length === 0 ? [textGraphic(spec, { text: spec.empty ?? 'No data', theme, fontSize: fontSize + 4 })] : [],
  };
}
