import { z } from 'zod';
import type { BeanReading } from '#core/jmx/compile-rules.ts';
import { readingsOf } from '#core/jmx/jmx-options.ts';
import { valuesOfBeans } from '#core/jmx/read-beans.ts';
import { RULE_SET_NAMES } from '#core/jmx/rule-sets/index.ts';
import { startOf } from '#core/jmx/virtual-machine.ts';
import type { Collection } from '#core/plugin/collector.ts';

const Bean = z.strictObject({ name: z.string(), attributes: z.record(z.string(), z.unknown()) });
/** Beans of each name or pattern that was asked for. */
const Answers = z.looseObject({ answers: z.array(z.strictObject({ asked: z.string(), beans: z.array(Bean) })) });

/** The line that answers a request for these readings. */
export function parseAnswer(line: string, readings: readonly BeanReading[]): Collection {
  const { answers } = Answers.parse(JSON.parse(line));
  const beans = new Map(answers.map(({ asked, beans: found }) => [asked, found]));
  const read = readings.map((reading) => ({ reading, beans: beans.get(reading.bean) ?? [] }));
  return { values: valuesOfBeans(read), ...startOf(read) };
}

/** For the golden cases: all ready rules. */
export const parsers = {
  beans: (line: string): Collection => parseAnswer(line, readingsOf({ sets: RULE_SET_NAMES })),
};
