import type { Collection } from '../plugin/collector.ts';
import type { BeanReading } from './compile-rules.ts';
import type { ReadBeans } from './read-beans.ts';

const RUNTIME = 'java.lang:type=Runtime';
const START = 'StartTime';

/** The readings with the start of the virtual machine among them, whatever their rules are. */
export function withStart(readings: readonly BeanReading[]): readonly BeanReading[] {
  const known = readings.find(({ bean }) => bean === RUNTIME) ?? { bean: RUNTIME, attributes: [], figures: [] };
  const others = readings.filter(({ bean }) => bean !== RUNTIME);
  return [{ ...known, attributes: [...new Set([...known.attributes, START])] }, ...others];
}

/** When it started, of the bean that tells it. */
export function startOf(answers: readonly ReadBeans[]): Pick<Collection, 'startedAt'> {
  const started = answers
    .filter(({ reading }) => reading.bean === RUNTIME)
    .map(({ beans }) => beans[0]?.attributes[START])
    .find((value) => typeof value === 'number');
  return started === undefined ? {} : { startedAt: started };
}
