export const CORE = '';
