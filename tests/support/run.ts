/**
 * Runs the whole test suite and ends with one plain line, `N passed, N failed`, whatever the reporter prints.
 *
 * @module
 */
const decoder = new TextDecoder();
const command = new Deno.Command(Deno.execPath(), {
  args: ["test", "-A", "--quiet", ...Deno.args],
  env: { NO_COLOR: "1" },
  stdout: "piped",
  stderr: "inherit",
});
const child = command.spawn();
let text = "";
for await (const chunk of child.stdout) {
  await Deno.stdout.write(chunk);
  text += decoder.decode(chunk, { stream: true });
}
const { code } = await child.status;
const summary = [...text.matchAll(/^(?:ok|FAILED) \| (\d+) passed(?: \([^)]*\))?(?: \| (\d+) failed)?/gm)].at(
  -1,
);
const passed = Number(summary?.[1] ?? 0);
const failed = Number(summary?.[2] ?? 0) +
  (summary === undefined || (code !== 0 && summary[2] === "0") ? 1 : 0);
console.log(`${passed} passed, ${failed} failed`);
Deno.exit(code !== 0 ? code : failed > 0 || passed === 0 ? 1 : 0);
