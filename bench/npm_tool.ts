/**
 * Programs from npm that only measurements need: they are no dependencies of the service.
 *
 * @module
 */

/** Fetches a package (`name@version`) into a folder. Throws `Error` when npm can't. */
export async function fetchTool(folder: string, tool: string): Promise<void> {
  const { success, stderr } = await new Deno.Command("npm", {
    args: ["install", "--silent", "--no-audit", "--no-fund", "--omit=optional", "--prefix", folder, tool],
  }).output();
  if (!success) throw new Error(`Cannot measure with ${tool}: ${new TextDecoder().decode(stderr)}`);
}
