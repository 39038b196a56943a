/**
 * Lays executed PDFs aside for the judges, where `KEEP_EXECUTED` names a folder; else does nothing.
 *
 * @module
 */
import { toPem } from "../../lib/pades/x509_pem.ts";

const CERTIFICATE = "合意締結証明書";

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
  for (const [index, { name, content }] of files.entries()) {
    const kind = name.startsWith(CERTIFICATE) ? `_${CERTIFICATE}` : ""; // veraPDF judges these by their name
    await Deno.writeFile(`${own}/${index + 1}${kind}.pdf`, content);
  }
  for (const [index, root] of roots.entries()) {
    await Deno.writeTextFile(`${own}/roots/${index + 1}.pem`, toPem("CERTIFICATE", root));
  }
}
