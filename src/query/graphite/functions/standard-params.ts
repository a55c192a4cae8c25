import type { Param } from '#query/graphite/params.ts';

/** `seriesList`: the first parameter of most functions. */
export const SERIES: Param = { name: 'seriesList', type: 'seriesList', required: true };

/** `seriesLists`: any number of series lists. */
export const SERIES_LISTS: Param = { name: 'seriesLists', type: 'seriesList', required: true, multiple: true };

/** `nodes`: node numbers of the path, or tag names. */
export const NODES: Param = { name: 'nodes', type: 'nodeOrTag', multiple: true };

/** `xFilesFactor`: share of points that must be known. */
export const X_FILES_FACTOR: Param = { name: 'xFilesFactor', type: 'float' };

/** A required number called `n`. */
export const N_FLOAT: Param = { name: 'n', type: 'float', required: true };

/** A required whole number called `n`. */
export const N_INTEGER: Param = { name: 'n', type: 'integer', required: true };
