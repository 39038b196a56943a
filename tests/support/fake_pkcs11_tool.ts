/**
 * A program that stands for `pkcs11-tool`: a shell script that writes down how it was called, and does what it is
 * told. It has no key; what it gives as a signature is a file that the test has made before.
 *
 * @module
 */

/** What the script does, by what it is asked: shell, run after what it was called with is written down. */
export type ToolScript = { readonly list?: string; readonly cert?: string; readonly sign?: string };

/** A token's listing with one elliptic key, as OpenSC prints it. */
export const ONE_KEY = `Private Key Object; EC
  label:      sealing
  ID:         01ab
  Usage:      sign
  Access:     sensitive
`;

/** The script at work. */
export type FakeTool = {
  /** What `pkcs11Tool` is to run. */
  readonly command: string;
  readonly folder: string;
  /** How it was called: arguments with spaces between them, a line a call. */
  calls(): Promise<string[]>;
  /** The variables that it saw at its last call. */
  variables(): Promise<string>;
};

/** Runs a test with a script, which is gone afterwards. Files given lie beside it, in `$HERE`. */
export async function withFakeTool(
  { list = `cat "$HERE/keys"`, cert = ":", sign = "false" }: ToolScript,
  files: Readonly<Record<string, string | Uint8Array>>,
  test: (tool: FakeTool) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const command = `${folder}/tool`;
    for (const [name, content] of Object.entries({ keys: ONE_KEY, calls: "", ...files })) {
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await Deno.writeFile(`${folder}/${name}`, bytes);
    }
    const script = `#!/bin/sh
HERE=${folder}
echo "$*" >> "$HERE/calls"
env > "$HERE/env"
case "$*" in
  *--list-objects*privkey*) ${list} ;;
  *--list-objects*cert*) if [ -f "$HERE/cert" ]; then echo "Certificate Object; type = X.509 cert"; fi ;;
  *--read-object*) ${cert === ":" ? `cat "$HERE/cert"` : cert} ;;
  *--sign*) ${sign} ;;
esac
`;
    await Deno.writeTextFile(command, script, { mode: 0o700 });
    await test({
      command,
      folder,
      calls: async () =>
        (await Deno.readTextFile(`${folder}/calls`)).split("\n").filter((line) => line !== ""),
      variables: () => Deno.readTextFile(`${folder}/env`),
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
