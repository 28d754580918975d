// Loaded into a real Linli before anything else (node --import): its clock begins at TEST_CLOCK and goes on from there, and each SIGWINCH moves it on by five minutes.
const now = Date.now;
let ahead = Date.parse(process.env.TEST_CLOCK) - now();
Date.now = () => now() + ahead;
process.on('SIGWINCH', () => (ahead += 5 * 60_000));
