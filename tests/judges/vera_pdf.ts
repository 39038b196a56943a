/**
 * veraPDF, the judge of PDF/A (ISO 19005): sealing may break no rule that was kept before.
 *
 * @module
 */
import { type Exhibit, HOME, type Judgement, run } from "./judges.ts";

/** What veraPDF says of one file: whether it claims to be PDF/A at all, and the rules that it breaks. */
type Conformity = { readonly claims: boolean; readonly broken: readonly string[] };

/**
 * What sealing does break: PDF/A-1 (ISO 19005-1 §6.9) wants an appearance of every field, even one that takes no
 * room. With one, pyHanko no longer takes a document timestamp's field for what a closing lock allows.
 */
const NOT_KEPT = /^6\.9-2 Every form field shall have an appearance dictionary/;

/** A certificate of agreement, by its file name, is PDF/A-2b whatever it claims. */
const isCertificate = ({ path }: Exhibit) => path.includes("合意締結証明書");

/** Judges all files in two runs at most. Contracts that never claimed to be PDF/A are passed over. */
export async function veraPdf(exhibits: readonly Exhibit[]): Promise<Judgement[]> {
  const certificates = exhibits.filter(isCertificate).map(({ path }) => path);
  const contracts = exhibits.filter((each) => !isCertificate(each) && each.base !== null);
  const strict = await conformities(certificates, "--flavour", "2b");
  const found = await conformities(contracts.flatMap(({ path, base }) => [path, base!]));
  return [
    ...certificates.map((path) => judgement(path, strict.get(path)?.broken ?? ["no verdict"])),
    ...contracts.flatMap(({ path, base }) => {
      const before = found.get(base!);
      if (!before?.claims) return [];
      const after = found.get(path);
      const lost = after?.claims ? after.broken : ["no longer PDF/A"];
      return [judgement(path, lost.filter((rule) => !before.broken.includes(rule) && !NOT_KEPT.test(rule)))];
    }),
  ];
}

function judgement(path: string, wrong: readonly string[]): Judgement {
  return { judge: "veraPDF", path, wrong: wrong.length === 0 ? null : wrong.join("; ") };
}

/** Runs veraPDF once over files; of each, a line with its verdict and an indented line for each rule broken. */
async function conformities(
  paths: readonly string[],
  ...flavour: readonly string[]
): Promise<Map<string, Conformity>> {
  const found = new Map<string, Conformity>();
  if (paths.length === 0) return found;
  const { text } = await run(
    "java",
    "-jar",
    `${HOME}/verapdf/target/verapdf-bench.jar`,
    ...paths,
    ...flavour,
  );
  for (const part of text.split(/\n(?! {3})/)) {
    const [head = "", ...rules] = part.split("\n");
    const path = paths.find((each) => head.startsWith(`${each}: `));
    if (path === undefined) continue;
    const verdict = head.slice(path.length + 2);
    const claims = /^\S+ (?:NOT )?compliant$/.test(verdict);
    const broken = rules.map((rule) => rule.replace(/^ *\d+x /, ""));
    found.set(path, { claims, broken: verdict.includes("NOT") && broken.length === 0 ? [verdict] : broken });
  }
  return found;
}
