import { availableParallelism } from 'node:os';
import { planMemory } from './memory-plan.ts';

/** What the parent decides about the engine. */
export type EngineOptions = {
  /** The engine's own folder. */
  readonly directory: string;
  readonly memoryBudgetBytes: number;
};

/** Below this the engine refuses inserts instead of breaking merges in the middle. */
const MIN_FREE_DISK_BYTES = 64 * 2 ** 20;
const MERGE_TREE = {
  old_parts_lifetime: 480,
  min_compressed_bytes_to_fsync_after_merge: 1,
  fsync_part_directory: 1,
  max_bytes_to_merge_at_max_space_in_pool: 8 * 2 ** 30,
  merge_max_block_size_bytes: 4 * 2 ** 20,
  min_free_disk_bytes_to_perform_insert: MIN_FREE_DISK_BYTES,
  // Counts of distinct values for the planner of joins, made anew at every merge; nothing here asks for them.
  auto_statistics_types: '',
};
/** Merges take the time that nothing else wants: what comes in and who asks go first. */
const MERGE_NICENESS = 10;

/** The engine's configuration file. Only server settings have an effect there; query settings are arguments. */
export function configFile(options: EngineOptions): string {
  const plan = planMemory(options.memoryBudgetBytes);
  const settings = {
    max_server_memory_usage: plan.serverBytes,
    merges_mutations_memory_usage_soft_limit: plan.mergeBytes,
    mark_cache_size: plan.markCacheBytes,
    index_mark_cache_size: plan.indexCacheBytes,
    primary_index_cache_size: plan.indexCacheBytes,
    text_index_tokens_cache_size: plan.indexCacheBytes,
    text_index_header_cache_size: plan.indexCacheBytes,
    text_index_postings_cache_size: plan.indexCacheBytes,
    query_condition_cache_size: plan.indexCacheBytes,
    vector_similarity_index_cache_size: 0,
    compiled_expression_cache_size: 8 * 2 ** 20,
    background_pool_size: 2,
    os_threads_nice_value_merge_mutate: MERGE_NICENESS,
    background_merges_mutations_concurrency_ratio: 1,
    background_schedule_pool_size: 2,
    max_thread_pool_size: 200,
    max_thread_pool_free_size: 8,
  };
  const merges = element('merge_tree', elements(MERGE_TREE));
  const backups = element('backups', element('allowed_path', escapeXml(`${options.directory}/backups/`)));
  return `<clickhouse>${elements(settings)}${merges}${backups}</clickhouse>\n`;
}

/** Query settings every session begins with. */
export function sessionArguments(options: EngineOptions, configPath: string): string[] {
  const settings = {
    max_threads: Math.min(4, availableParallelism()),
    max_insert_threads: 1,
    max_memory_usage: planMemory(options.memoryBudgetBytes).queryBytes,
    max_execution_time: 30,
    async_insert: 0,
    insert_deduplicate: 1,
    deduplicate_blocks_in_dependent_materialized_views: 1,
    allow_experimental_time_series_aggregate_functions: 1,
  };
  return [`--config-file=${configPath}`, ...Object.entries(settings).map(([name, value]) => `--${name}=${value}`)];
}

function elements(values: Readonly<Record<string, number | string>>): string {
  return Object.entries(values)
    .map(([name, value]) => element(name, String(value)))
    .join('');
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
