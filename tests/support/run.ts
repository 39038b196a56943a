/**
 * Runs the whole test suite and ends with one plain line, `N passed, N failed`, whatever the reporter prints.
 * Most tests share nothing and run side by side; those that start the service or a browser come after them,
 * one by one, since their ports and their patience should be theirs. Tests that need the judges beside the
 * project are run by `.ci/judges`, those that need foreign mail programs by `.ci/peers`, foreign browsers by
 * `.ci/browsers`. Arguments run in one go as they are.
 *
 * @module
 */
const ALONE = ["tests/journey", "tests/browser"];
const ELSEWHERE = ["tests/browsers", "tests/judges", "tests/peers"];

/** What came of one run. */
type Tally = { readonly passed: number; readonly failed: number; readonly code: number };

/** Runs `deno test`, passing on what it prints. */
async function run(...args: string[]): Promise<Tally> {
  const decoder = new TextDecoder();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["test", "-A", "--quiet", ...args],
    env: { NO_COLOR: "1" },
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let text = "";
  for await (const chunk of child.stdout) {
    await Deno.stdout.write(chunk);
    text += decoder.decode(chunk, { stream: true });
  }
  const { code } = await child.status;
  const line = /^(?:ok|FAILED) \| (\d+) passed(?: \([^)]*\))?(?: \| (\d+) failed)?/gm;
  const summary = [...text.matchAll(line)].at(-1);
  const failed = Number(summary?.[2] ?? 0);
  // What ends badly without a failed test, or without a word, counts as one.
  const silent = failed === 0 && (code !== 0 || summary === undefined);
  return { passed: Number(summary?.[1] ?? 0), failed: failed + (silent ? 1 : 0), code };
}

const runs = Deno.args.length > 0
  ? [await run(...Deno.args)]
  : [await run("--parallel", `--ignore=${[...ALONE, ...ELSEWHERE].join()}`), await run(...ALONE)];
const passed = runs.reduce((sum, each) => sum + each.passed, 0);
const failed = runs.reduce((sum, each) => sum + each.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
Deno.exit(runs.find(({ code }) => code !== 0)?.code ?? (failed > 0 || passed === 0 ? 1 : 0));
