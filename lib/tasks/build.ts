/**
 * Builds what browsers load: styles and islands, with their hash in their names, compressed beforehand. Built
 * when missing or older than its sources; `deno run -A lib/tasks/build.ts` builds it by hand.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import type { Asset, AssetLink, Assets } from "../../routes/site.ts";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const BUILT = join(ROOT, "static", "built");
const MANIFEST = join(BUILT, "manifest.json");

const ENTRIES = {
  style: "static/style.css",
  simple: "static/simple.css",
  mailbox: "static/mailbox.css",
  client: "islands/client.ts",
} as const;

/** What stands in `static/built/manifest.json`. */
type Manifest = {
  /** Hash of all sources that it was built from. */
  readonly sources: string;
  readonly entries: Readonly<Record<keyof typeof ENTRIES, AssetLink>>;
  /** Names of all built files. */
  readonly files: readonly string[];
};

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
};

async function sourceFiles(folder: string): Promise<string[]> {
  const files: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory && path !== BUILT) files.push(...await sourceFiles(path));
    else if (entry.isFile) files.push(path);
  }
  return files.sort();
}

/** One hash over this task and all that it builds from. */
async function hashOfSources(): Promise<string> {
  const hash = createHash("sha256").update(esbuild.version);
  const folders = await Promise.all(["static", "islands"].map((folder) => sourceFiles(join(ROOT, folder))));
  for (const path of [...folders.flat(), fileURLToPath(import.meta.url)]) {
    hash.update(`${path.slice(ROOT.length)}\n`).update(await Deno.readFile(path));
  }
  return hash.digest("hex");
}

async function readManifest(): Promise<Manifest | null> {
  try {
    return JSON.parse(await Deno.readTextFile(MANIFEST));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Other processes may build at the same time: a file is there whole or not at all. */
async function writeWhole(path: string, content: Uint8Array): Promise<void> {
  const part = `${path}.${crypto.randomUUID()}.part`;
  await Deno.writeFile(part, content);
  await Deno.rename(part, path);
}

async function build(sources: string): Promise<Manifest> {
  const result = await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: ENTRIES,
    outdir: BUILT,
    entryNames: "[name]-[hash]",
    chunkNames: "part-[hash]",
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    // What knows `type="module"`. Safari 12's destructuring is good enough, though esbuild doubts it.
    target: ["es2018", "chrome64", "firefox67", "safari12"],
    supported: { destructuring: true },
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "none",
    logLevel: "error",
  });
  await esbuild.stop();
  await Deno.mkdir(BUILT, { recursive: true });
  for (const { path, contents } of result.outputFiles) await writeWhole(path, contents);
  const links = Object.entries(ENTRIES).map(([name, source]): [string, AssetLink] => {
    const [path] = Object.entries(result.metafile.outputs).find(([, output]) =>
      output.entryPoint === source
    ) ?? [];
    const file = result.outputFiles.find((output) => path !== undefined && output.path === join(ROOT, path));
    if (!file) throw new Error(`Cannot build "${name}": the builder made no file of it`);
    const integrity = `sha384-${createHash("sha384").update(file.contents).digest("base64")}`;
    return [name, { src: `/static/${basename(file.path)}`, integrity }];
  });
  const manifest: Manifest = {
    sources,
    entries: Object.fromEntries(links) as Manifest["entries"],
    files: result.outputFiles.map(({ path }) => basename(path)),
  };
  await writeWhole(MANIFEST, new TextEncoder().encode(JSON.stringify(manifest, null, 2)));
  return manifest;
}

async function load(name: string): Promise<Asset> {
  const body = await Deno.readFile(join(BUILT, name));
  const smaller = (packed: Uint8Array) => packed.length < body.length ? new Uint8Array(packed) : null;
  return {
    contentType: TYPES[name.split(".").at(-1) ?? ""] ?? "application/octet-stream",
    body,
    brotli: smaller(brotliCompressSync(body)),
    gzip: smaller(gzipSync(body, { level: 9 })),
  };
}

/** Whether all that a manifest names is there: someone may have cleaned the folder. */
async function complete(manifest: Manifest): Promise<boolean> {
  const found = await Promise.all(
    manifest.files.map((name) => Deno.stat(join(BUILT, name)).then(() => true, () => false)),
  );
  return found.every((there) => there);
}

/** The built files, built anew when their sources have changed. */
export async function buildPages(): Promise<Assets> {
  const sources = await hashOfSources();
  const known = await readManifest();
  const fresh = known !== null && known.sources === sources && await complete(known);
  const manifest = fresh ? known : await build(sources);
  const files = await Promise.all(
    manifest.files.map(async (name) => [`/static/${name}`, await load(name)] as const),
  );
  return { files: new Map(files), ...manifest.entries };
}

if (import.meta.main) {
  const { files } = await buildPages();
  for (const [path, { body, brotli }] of files) {
    console.log(`${path} ${body.length} bytes, ${brotli?.length ?? body.length} packed`);
  }
}
