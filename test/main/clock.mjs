// Loaded into a real Linli before anything else (node --import): its clock begins at TEST_CLOCK and goes on from there, and each SIGWINCH moves it on by five minutes and is told on standard output.
const now = Date.now;
let ahead = Date.parse(process.env.TEST_CLOCK) - now();
Date.now = () => now() + ahead;
let moves = 0;
process.on('SIGWINCH', () => {
  ahead += 5 * 60_000;
  process.stdout.write(`(clock ${(moves += 1)})\n`);
});
