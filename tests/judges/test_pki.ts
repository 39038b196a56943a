/**
 * The validators' authorities, made by openssl, with their timestamp and OCSP servers, for as long as a test runs.
 * `VALIDATORS` names the folder where they are.
 *
 * @module
 */
import { fromPem } from "../../lib/pades/x509_pem.ts";
import { HOME } from "./judges.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** What a test works with. */
export type TestPki = {
  /** Where its files are. */
  readonly folder: string;
  /** Address of the timestamp server, with `/` at the end. */
  readonly tsa: string;
  /** What the server that answers for revocation counted. */
  answers(): Promise<string>;
  /** Stops that server, and starts it anew; `down` has it answer 503 to everything. */
  restartRevocation(options: { readonly down: boolean }): Promise<void>;
  /** A certificate, DER, and a file. */
  certificate(name: string): Bytes;
  file(name: string): Bytes;
};

/** A port that nobody listens on at the moment. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function make(folder: string, ocspPort: number): Promise<void> {
  const { code, stderr } = await new Deno.Command("bash", {
    args: [new URL("make_signers.sh", import.meta.url).pathname, folder],
    env: { VALIDATORS: HOME, OCSP_PORT: `${ocspPort}` },
    stdout: "null",
  }).output();
  if (code !== 0) throw new Error(`Cannot make the test PKI: ${new TextDecoder().decode(stderr)}`);
}

/** How often and with what pauses in ms a server that starts is looked for. */
const [TRIES, PAUSE_MS] = [200, 50];

/** Starts a server and waits until it listens. */
async function serve(
  script: string,
  folder: string,
  port: number,
  ...more: string[]
): Promise<Deno.ChildProcess> {
  const child = new Deno.Command("python3", {
    args: [`${HOME}/pki/${script}`, "--pki", folder, "--port", `${port}`, ...more],
    stdout: "null",
    stderr: "null",
  }).spawn();
  for (let tries = 0; tries < TRIES; tries++) {
    if (await listens(port)) return child;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  await stop(child);
  throw new Error(`Cannot start ${script}`);
}

async function listens(port: number): Promise<boolean> {
  try {
    using _ = await Deno.connect({ hostname: "127.0.0.1", port });
    return true;
  } catch {
    return false;
  }
}

async function stop(child: Deno.ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await child.status; // So that nothing of it is left when the test ends.
}

/** Runs a test with authorities of its own. */
export async function withTestPki(test: (pki: TestPki) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const [tsaPort, ocspPort] = [freePort(), freePort()];
  const children: Deno.ChildProcess[] = [];
  try {
    await make(folder, ocspPort);
    children.push(await serve("tsa_server.py", folder, tsaPort));
    children.push(await serve("ocsp_server.py", folder, ocspPort));
    const file = (name: string) => Deno.readFileSync(`${folder}/${name}`);
    await test({
      folder,
      tsa: `http://127.0.0.1:${tsaPort}/`,
      answers: async () => await (await fetch(`http://127.0.0.1:${ocspPort}/count`)).text(),
      async restartRevocation({ down }) {
        await stop(children.pop()!);
        children.push(await serve("ocsp_server.py", folder, ocspPort, ...(down ? ["--down"] : [])));
      },
      certificate: (name) => fromPem("CERTIFICATE", new TextDecoder().decode(file(`${name}.pem`)))[0]!,
      file,
    });
  } finally {
    for (const child of children) await stop(child);
    await Deno.remove(folder, { recursive: true });
  }
}
