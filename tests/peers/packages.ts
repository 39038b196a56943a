/**
 * Where `.ci/peers` has put the npm packages that are only spoken with.
 *
 * @module
 */

/** Their folder. Throws `Error` when the tests were not started by `.ci/peers`. */
export function peerPackages(): string {
  const folder = Deno.env.get("PEER_PACKAGES");
  if (!folder) throw new Error("Cannot find the peers' packages: these tests are run by .ci/peers");
  return folder;
}
