// npm run campaign: the long campaigns of test/campaign, which write their figures to docs/reliability.md; npm test holds a short version of
// each. Further arguments go to vitest.
process.env.CAMPAIGN = 'full';
process.argv.splice(2, 0, 'test/campaign');
await import('./test.mjs');
