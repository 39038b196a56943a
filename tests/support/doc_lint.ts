/**
 * Runs `deno doc --lint` over every module of the project that others may read from.
 *
 * @module
 */

async function* modules(folder: string): AsyncGenerator<string> {
  for await (const entry of Deno.readDir(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) yield* modules(path);
    else if (/\.tsx?$/.test(entry.name)) yield path;
  }
}

const files = ["main.ts"];
for (const folder of ["lib", "routes"]) for await (const file of modules(folder)) files.push(file);
const { code } = await new Deno.Command(Deno.execPath(), {
  args: ["doc", "--lint", ...files],
  stdout: "null",
})
  .output();
if (code !== 0) {
  await new Deno.Command(Deno.execPath(), { args: ["doc", "--lint", ...files] }).spawn().status;
}
Deno.exit(code);
