/**
 * Runs a command line's work: exits with 2 and the usage where its options are wrong, and with 1
 * where the work fails.
 * @template Options
 * @param {() => Options} readOptions Throws what is wrong.
 * @param {string} usage
 * @param {(options: Options) => Promise<number>} work Its exit code.
 */
export async function runCommand(readOptions, usage, work) {
  let options;
  try {
    options = readOptions();
  } catch (error) {
    console.error(`${/** @type {Error} */ (error).message}\n\n${usage}`);
    process.exit(2);
  }
  try {
    process.exitCode = await work(options);
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
    process.exitCode = 1;
  }
}
