export { DataKeyError, loadDataKey } from './dataKey.js';
export { createSealer, SealError, type DataKey, type Sealer } from './sealer.js';
