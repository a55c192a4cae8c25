import { z } from 'zod';
import { Figure } from '#web/panels/figure.ts';

/** Options of a gauge panel. */
export const GaugeOptions = z.object({ figure: Figure.default('last') });
export type GaugeOptions = z.infer<typeof GaugeOptions>;
