/** Every adapter there is: the names of what stands in this folder. Each has a rig in the conformance suite (test/conformance/). */
export const adapterNames = ['memory', 'web'] as const;

/** One of them. */
export type AdapterName = (typeof adapterNames)[number];
