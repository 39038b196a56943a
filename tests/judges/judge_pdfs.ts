/**
 * Has every PDF below the given folders judged by judges that are not of this project. Beside PDFs, `roots/` holds
 * what they are judged by, and `bases/`, where it is there, what they were before our seals.
 *
 * usage: judge_pdfs.ts FOLDER…, with `VALIDATORS` naming where the judges are. Ends with
 * `judges: N passed, N failed`; exit status 0 when nothing failed and something passed.
 *
 * @module
 */
import { euDss, type Exhibit, type Judgement, pdfsig, pyHanko, qpdf } from "./judges.ts";
import { veraPdf } from "./vera_pdf.ts";

const BESIDE = ["roots", "bases"];
const AT_ONCE = navigator.hardwareConcurrency;

/** A folder with PDFs in it. */
type Folder = { readonly exhibits: readonly Exhibit[]; readonly roots: readonly string[] };

function* foldersBelow(path: string): Generator<Folder> {
  const entries = [...Deno.readDirSync(path)].sort((a, b) => a.name < b.name ? -1 : 1);
  const exhibits = entries.filter(({ name }) => name.endsWith(".pdf")).map(({ name }) => ({
    path: `${path}/${name}`,
    base: exists(`${path}/bases/${name}`) ? `${path}/bases/${name}` : null,
  }));
  if (exhibits.length > 0) {
    const roots = Array.from(Deno.readDirSync(`${path}/roots`), ({ name }) => `${path}/roots/${name}`);
    yield { exhibits, roots: roots.filter((root) => root.endsWith(".pem")) };
  }
  for (const { name, isDirectory } of entries) {
    if (isDirectory && !BESIDE.includes(name)) yield* foldersBelow(`${path}/${name}`);
  }
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/** Does all jobs, as many at once as there are processors. */
async function all<T>(jobs: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const lane = async () => {
    for (let job = jobs[next++]; job; job = jobs[next++]) results.push(await job());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return results;
}

const folders = Deno.args.flatMap((path) => [...foldersBelow(path)]);
const jobs = folders.flatMap(({ exhibits, roots }): (() => Promise<Judgement[]>)[] => [
  () => euDss(exhibits, roots),
  ...exhibits.map((each) => async () => [await pyHanko(each, roots), await pdfsig(each), await qpdf(each)]),
]);
jobs.unshift(() => veraPdf(folders.flatMap(({ exhibits }) => exhibits)));
const judgements = (await all(jobs)).flat();
const failed = judgements.filter(({ wrong }) => wrong !== null);
for (const { judge, path, wrong } of failed) console.log(`FAILED: ${judge} on ${path}\n${wrong}`);
for (const judge of new Set(judgements.map((each) => each.judge))) {
  const own = judgements.filter((each) => each.judge === judge);
  console.log(
    `${judge}: ${own.length - own.filter((each) => failed.includes(each)).length} of ${own.length} good`,
  );
}
console.log(`judges: ${judgements.length - failed.length} passed, ${failed.length} failed`);
Deno.exit(failed.length === 0 && judgements.length > 0 ? 0 : 1);
