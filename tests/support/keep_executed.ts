/**
 * Lays executed PDFs aside for the judges, where `KEEP_EXECUTED` names a folder; else does nothing.
 *
 * @module
 */
import { Buffer } from "node:buffer";

/** Keeps files under a name of their own, with the roots that they are judged by. */
export async function keepExecuted(
  name: string,
  files: readonly { readonly name: string; readonly content: Uint8Array }[],
  roots: readonly Uint8Array[],
): Promise<void> {
  const folder = Deno.env.get("KEEP_EXECUTED");
  if (!folder) return;
  const own = `${folder}/${name}`;
  await Deno.mkdir(`${own}/roots`, { recursive: true });
  for (const [index, file] of files.entries()) await Deno.writeFile(`${own}/${index + 1}.pdf`, file.content);
  for (const [index, root] of roots.entries()) {
    const base64 = Buffer.from(root).toString("base64").replace(/.{64}(?=.)/g, "$&\n");
    const pem = `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
    await Deno.writeTextFile(`${own}/roots/${index + 1}.pem`, pem);
  }
}
