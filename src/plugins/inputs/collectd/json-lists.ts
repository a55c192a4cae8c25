import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { textOfKey } from '#core/model/key-bytes.ts';
import type { ReaderFactory } from '#core/plugin/input.ts';
import { VALUE_KINDS, writeValueList } from './value-list.ts';

const Instance = z.string().nullish();

/** One value list as collectd's plugin `write_http` sends it; members that it adds (`meta`, `interval`) are passed over. */
const JsonList = z
  .object({
    host: z.string(),
    plugin: z.string().min(1),
    plugin_instance: Instance,
    type: z.string().min(1),
    type_instance: Instance,
    /** Seconds. */
    time: z.number().optional(),
    values: z.array(z.number().nullable()).min(1),
    dstypes: z.array(z.enum(VALUE_KINDS)),
    dsnames: z.array(z.string()),
  })
  .refine(({ values, dstypes, dsnames }) => dstypes.length === values.length && dsnames.length === values.length, {
    error: 'values, dstypes and dsnames are not equally many',
  });

/** The body of one request of `write_http` with `Format "JSON"`: an array of value lists. */
export const jsonListsReader: ReaderFactory = (writer) => {
  writer.spelling = textOfKey;
  return {
    read: (bytes) => {
      for (const item of parseArray(bytes)) {
        const list = JsonList.safeParse(item);
        if (list.success) writeValueList(writer, valueListOf(list.data));
        else {
          writer.position += 1;
          const [issue] = list.error.issues;
          writer.reject('bad_line', `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
        }
      }
      return true;
    },
    end: () => {
      writer.position = 0;
    },
  };
};

function valueListOf(list: z.infer<typeof JsonList>) {
  const { host, plugin, plugin_instance, type, type_instance, time, values, dstypes, dsnames } = list;
  return {
    ...{ host, plugin, type, pluginInstance: plugin_instance ?? '', typeInstance: type_instance ?? '' },
    t: time === undefined ? undefined : Math.round(time * 1_000),
    values: values.map((value, i) => ({ kind: dstypes[i] ?? ('gauge' as const), v: value ?? Number.NaN })),
    dataSources: dsnames,
  };
}

function parseArray(bytes: Uint8Array): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString());
    if (Array.isArray(value)) return value;
  } catch (cause) {
    throw new AppError('bad_request', 'the body is not JSON: set Format "JSON" in write_http', { cause });
  }
  throw new AppError('bad_request', 'the body is no array of value lists');
}
