/**
 * Lays executed PDFs aside for the judges, where `KEEP_EXECUTED` names a folder; else does nothing.
 *
 * @module
 */
import { toPem } from "../../lib/pades/x509_pem.ts";

/** Keeps files under a name of their own, with the roots that they are judged by. */
export async function keepExecuted(
  name: string,
  files: readonly { readonly name: string; readonly content: Uint8Array }[],
  roots: readonly Uint8Array<ArrayBuffer>[],
): Promise<void> {
  const folder = Deno.env.get("KEEP_EXECUTED");
  if (!folder) return;
  const own = `${folder}/${name}`;
  await Deno.mkdir(`${own}/roots`, { recursive: true });
  for (const [index, file] of files.entries()) await Deno.writeFile(`${own}/${index + 1}.pdf`, file.content);
  for (const [index, root] of roots.entries()) {
    await Deno.writeTextFile(`${own}/roots/${index + 1}.pem`, toPem("CERTIFICATE", root));
  }
}
