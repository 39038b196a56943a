/**
 * The text of contract files, as far as anyone could look through it for names and dates.
 *
 * @module
 */
import type { ContractFile } from "../domain/case.ts";
import { PortError, type PortFault } from "../ports.ts";
import type { World } from "./world.ts";

/** Pages whose text is looked through for names and dates. */
const SEARCHED_PAGES = 100;

/** What says that a file can't be drawn, however often it is tried. */
const UNDRAWABLE: ReadonlySet<PortFault> = new Set<PortFault>([
  "corrupt",
  "not_found",
  "too_large",
  "timeout",
]);

/**
 * The text of a file as it was handed in, of its first hundred pages; null when it can't be drawn: then nobody could
 * read it before agreeing. Throws `PortError` when that may pass.
 */
export async function textOf(
  world: World,
  file: Pick<ContractFile, "sha256" | "pages">,
): Promise<string | null> {
  const content = () => world.blobs.get(file.sha256);
  const texts: string[] = [];
  try {
    for (let page = 1; page <= Math.min(file.pages, SEARCHED_PAGES); page++) {
      texts.push(await world.renderer.text(file.sha256, content, page));
    }
  } catch (error) {
    if (error instanceof PortError && UNDRAWABLE.has(error.code)) return null;
    throw error;
  }
  return texts.join("\n");
}
