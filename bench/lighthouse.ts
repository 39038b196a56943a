/**
 * What Lighthouse says of the recipient's pages on a phone, with the browser of the tests: the median of three runs.
 *
 * @module
 */
import { pdfiumRenderer } from "../lib/adapters/pdfium_renderer.ts";
import { systemChance } from "../lib/adapters/system_chance.ts";
import { launchBrowser } from "../tests/support/browser.ts";
import { type TestSite, testSite, Visitor } from "../tests/support/test_site.ts";
import { type Figure, median } from "./measure.ts";
import { fetchTool } from "./npm_tool.ts";

const TOOL = "lighthouse@13.5.0";
/** Lighthouse wants it newer than what some machines have. */
const NODE = "node@22";
const RUNS = 3;
const LEAST = { "performance": 95, "accessibility": 100, "best-practices": 100 } as const;
type Category = keyof typeof LEAST;
type Scores = Readonly<Record<Category, number>>;

/** What is read of a report. */
type Report = {
  readonly categories: Readonly<
    Record<string, { readonly score: number; readonly auditRefs: { id: string; weight: number }[] }>
  >;
  readonly audits: Readonly<Record<string, { readonly title: string; readonly score: number | null }>>;
};

/** A port that nothing listens on now. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return (listener.addr as Deno.NetAddr).port;
}

async function report(folder: string, port: number, url: string): Promise<Report> {
  const { success, stdout, stderr } = await new Deno.Command("npx", {
    args: [
      "--yes",
      NODE,
      `${folder}/node_modules/lighthouse/cli/index.js`,
      url,
      `--port=${port}`,
      "--output=json",
      "--quiet",
      `--only-categories=${Object.keys(LEAST).join()}`,
    ],
  }).output();
  if (!success) throw new Error(`Cannot ask Lighthouse: ${new TextDecoder().decode(stderr)}`);
  return JSON.parse(new TextDecoder().decode(stdout)) as Report;
}

const scoresOf = ({ categories }: Report): Scores =>
  Object.fromEntries(
    Object.keys(LEAST).map((name) => [name, Math.round((categories[name]?.score ?? 0) * 100)]),
  ) as Scores;

/** What took points away. */
function faultsOf({ categories, audits }: Report): string[] {
  return Object.keys(LEAST).flatMap((name) => categories[name]?.auditRefs ?? [])
    .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9)
    .map(({ id }) => `${id} ${audits[id]?.score}`);
}

async function judge(folder: string, port: number, [name, url]: readonly [string, string]): Promise<Figure> {
  const reports: Report[] = [];
  for (let run = 0; run < RUNS; run++) reports.push(await report(folder, port, url));
  const all = reports.map(scoresOf);
  const scores = Object.keys(LEAST).map((category) =>
    [category as Category, median(all.map((each) => each[category as Category]))] as const
  );
  const holds = scores.every(([category, score]) => score >= LEAST[category]);
  const faults = holds ? [] : new Set(reports.flatMap(faultsOf));
  return {
    what: `Lighthouse, phone, ${name}: performance, accessibility, best practices`,
    figure: [scores.map(([, score]) => score).join(" / "), ...faults].join(", "),
    limit: `≥ ${Object.values(LEAST).join(" / ")}`,
    holds,
  };
}

/** The path of a request that its reader has opened, and may have agreed to. */
async function requestOf(site: TestSite, agreed: boolean): Promise<string> {
  const path = `/c/${await site.link("request", { party: "Confirmer2" })}`;
  const visitor = new Visitor(site.app);
  await visitor.post(path, `${path}/open`);
  if (!agreed) return path;
  const html = await (await visitor.send(`${path}/confirm`)).text();
  const documents = /name="documents" value="([^"]*)"/.exec(html)?.[1] ?? "";
  await visitor.post(`${path}/confirm`, `${path}/agree`, { documents, read: "yes" });
  return path;
}

/** Serves a case as long as `use` takes, which is given where the request is. */
async function withRequest<T>(agreed: boolean, use: (request: string) => Promise<T>): Promise<T> {
  const renderer = pdfiumRenderer({ workers: 1 });
  const site = await testSite("asked", {}, { renderer, chance: systemChance });
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, site.app.fetch);
  try {
    return await use(`http://127.0.0.1:${server.addr.port}${await requestOf(site, agreed)}`);
  } finally {
    await server.shutdown();
    await renderer.close();
  }
}

/** The pages of a request, each in the state in which its reader sees it. */
const pagesOf = (open: string, agreed: string): (readonly [string, string])[] => [
  ["terms", open],
  ["document", `${open}/document`],
  ["confirm", `${open}/confirm`],
  ["decline", `${open}/decline`],
  ["done", `${agreed}/done`],
  ["simple view, terms", open.replace("/c/", "/s/")],
  ["simple view, document", `${open.replace("/c/", "/s/")}/document`],
];

/** All pages of a request. */
export async function lighthouse(): Promise<readonly Figure[]> {
  const folder = await Deno.makeTempDir({ prefix: "warifu-lighthouse-" });
  const port = freePort();
  const browser = await launchBrowser([`--remote-debugging-port=${port}`]);
  try {
    await fetchTool(folder, TOOL);
    return await withRequest(false, (open) =>
      withRequest(true, async (agreed) => {
        const figures: Figure[] = [];
        for (const page of pagesOf(open, agreed)) figures.push(await judge(folder, port, page));
        return figures;
      }));
  } finally {
    await browser.close();
    await Deno.remove(folder, { recursive: true });
  }
}
