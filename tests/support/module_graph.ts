/**
 * The modules of the project and the edges between them, as `deno info` sees them: it tells what is needed at
 * run time from what only types need. Workers are edges too, though no import names them.
 *
 * @module
 */
import { fileURLToPath, pathToFileURL } from "node:url";

/** One import of a module. */
export type Edge = {
  /** Path from the project's folder; for packages the specifier as written, `npm:…` resolved to its name. */
  readonly to: string;
  /** Whether anything is left of it once types are taken out. */
  readonly code: boolean;
  /** Whether it names a package or a built-in module of the runtime. */
  readonly vendor: boolean;
};

/** All modules below the given folders, by path from the project's folder, with their imports. */
export type ModuleGraph = ReadonlyMap<string, readonly Edge[]>;

/** The project's folder, with `/` at the end. */
export const PROJECT: string = new URL("../../", import.meta.url).href;

type Resolved = { readonly specifier?: string };
type InfoModule = {
  readonly specifier: string;
  readonly error?: string;
  readonly dependencies?: readonly {
    readonly specifier: string;
    readonly code?: Resolved;
    readonly type?: Resolved;
  }[];
};

/** Paths of all modules below a folder. */
export async function modulesIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(new URL(folder, PROJECT))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) found.push(...await modulesIn(path));
    else if (/\.tsx?$/.test(entry.name)) found.push(path);
  }
  return found.sort();
}

/** The text of a file of the project. */
export const textOf = (path: string): Promise<string> => Deno.readTextFile(new URL(path, PROJECT));

/** `npm:@scope/name@1.2.3/part` → `@scope/name`; `node:crypto` stays. */
function packageOf(specifier: string): string {
  return /^npm:\/?((?:@[^/]+\/)?[^/@]+)/.exec(specifier)?.[1] ?? specifier;
}

function edgesOf(module: InfoModule): Edge[] {
  return (module.dependencies ?? []).flatMap(({ specifier, code, type }) => {
    const target = code?.specifier ?? type?.specifier ?? specifier;
    const inside = target.startsWith(PROJECT) && !target.includes("/node_modules/");
    const to = inside ? target.slice(PROJECT.length) : packageOf(target);
    return [{ to, code: code !== undefined, vendor: !inside }];
  });
}

/** A module that is started by its address, as workers are: `import.meta.resolve("./x.ts")`, `new URL("./x.ts", import.meta.url)`. */
const STARTED = /(?:import\.meta\.resolve\(|new URL\(\s*)"(\.{1,2}\/[^"]+\.tsx?)"/g;

async function startedBy(path: string): Promise<Edge[]> {
  const text = await textOf(path);
  return [...text.matchAll(STARTED)].map(([, specifier]) => {
    const to = new URL(specifier ?? "", new URL(path, PROJECT)).href.slice(PROJECT.length);
    return { to, code: true, vendor: false };
  });
}

async function info(paths: readonly string[]): Promise<readonly InfoModule[]> {
  const folder = await Deno.makeTempDir();
  try {
    const all = `${folder}/all.ts`;
    await Deno.writeTextFile(all, paths.map((path) => `import "${new URL(path, PROJECT)}";\n`).join(""));
    const { stdout, code } = await new Deno.Command(Deno.execPath(), {
      args: [
        "info",
        "--json",
        "--config",
        fileURLToPath(new URL("deno.json", PROJECT)),
        pathToFileURL(all).href,
      ],
      cwd: fileURLToPath(PROJECT),
      stderr: "inherit",
    }).output();
    if (code !== 0) throw new Error("Cannot read the module graph: deno info failed");
    return (JSON.parse(new TextDecoder().decode(stdout)) as { modules: InfoModule[] }).modules;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Reads the graph over all given modules at once. */
export async function readGraph(paths: readonly string[]): Promise<ModuleGraph> {
  const graph = new Map<string, readonly Edge[]>();
  for (const module of await info(paths)) {
    const path = module.specifier.slice(PROJECT.length);
    if (!module.specifier.startsWith(PROJECT) || !paths.includes(path)) continue;
    if (module.error) throw new Error(`Cannot read the module graph: ${path}: ${module.error}`);
    graph.set(path, [...edgesOf(module), ...await startedBy(path)]);
  }
  return graph;
}

/** Everything that can be reached from the given modules, themselves included. */
export function reachableFrom(graph: ModuleGraph, roots: readonly string[]): ReadonlySet<string> {
  const reached = new Set(roots);
  for (const path of reached) for (const { to } of graph.get(path) ?? []) reached.add(to);
  return reached;
}

/** A circle of imports that are needed at run time, as `a → b → a`; null when there is none. */
export function circleIn(graph: ModuleGraph): string | null {
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): string | null => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path].join(" → ");
    if (done.has(path)) return null;
    for (const { to, code, vendor } of graph.get(path) ?? []) {
      const circle = code && !vendor ? visit(to, [...trail, path]) : null;
      if (circle) return circle;
    }
    done.add(path);
    return null;
  };
  for (const path of graph.keys()) {
    const circle = visit(path, []);
    if (circle) return circle;
  }
  return null;
}
