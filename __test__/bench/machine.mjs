/** What results say of a machine. */
export const MACHINE = {
  date: "2026-01-02T03:04:05.000Z",
  commit: "abc1234",
  command: "npm run bench --",
  cpu: "A <CPU>, 2 cores",
  memory: "8 GB",
  system: "linux 6 x64",
  load: { before: 0, after: 1 },
};
