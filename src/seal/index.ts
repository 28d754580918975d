export { DataKeyError, loadDataKey } from './dataKey.js';
export { createSealer, SealError, type Sealer } from './sealer.js';
