/**
 * A mail host that nobody here wrote: Postfix, OpenDKIM and Dovecot, started for one test in a folder of its own
 * and ended with it.
 *
 * @module
 */
import { generateKeyPairSync } from "node:crypto";
import { freePorts } from "./free_port.ts";
import {
  BOT_DOMAIN,
  dovecotConf,
  MAILBOXES,
  type MailHostPlan,
  opendkimConf,
  PASSWORD,
  postfixMain,
  postfixMaster,
  SELECTOR,
  SIGNED_DOMAINS,
} from "./mail_host_files.ts";
import { until } from "./until.ts";

/** A key for DKIM: PEM, and what DNS says of it. */
export type DkimPair = { readonly privateKey: string; readonly record: string };

/** The host at work. */
export interface MailHost extends MailHostPlan {
  /** What DNS says of its domains, by `TXT <name>`. */
  readonly zone: Readonly<Record<string, readonly string[]>>;
  /** The key of the service's own domain, known to OpenDKIM. */
  readonly botKey: DkimPair;
  /** Ends Postfix alone; what it has taken stays in its queue. */
  stopPostfix(): Promise<void>;
  /** Starts Postfix again. */
  startPostfix(): Promise<void>;
  /** What Postfix has written down. */
  log(): Promise<string>;
  /** Ends everything and removes the folder. */
  close(): Promise<void>;
}

function dkimPair(): DkimPair {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const spki = publicKey.export({ type: "spki", format: "der" }).toString("base64");
  return {
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    record: `v=DKIM1; k=rsa; p=${spki}`,
  };
}

const keyName = (domain: string): string => `${SELECTOR}._domainkey.${domain}`;

/** Runs a short command; throws `Error` with what it said when it fails. */
export async function run(command: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(command, {
    args: [...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  const said = new TextDecoder().decode(stdout);
  if (code !== 0) throw new Error(`Cannot run ${command}: ${said}${new TextDecoder().decode(stderr)}`);
  return said;
}

/** A daemon in the foreground, ended by its own id. Its words go to its log, so no pipe is held open. */
class Daemon {
  readonly #child: Deno.ChildProcess;
  readonly #name: string;
  #ended = false;

  constructor(name: string, args: readonly string[]) {
    this.#name = name;
    this.#child = new Deno.Command(name, {
      args: [...args],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    this.#child.status.then(() => this.#ended = true);
  }

  /** Waits until something answers at `port` of loopback. */
  async listening(port: number): Promise<void> {
    await until(`${this.#name} answers`, () => {
      if (this.#ended) throw new Error(`Cannot start ${this.#name}: it ended`);
      return answers(port);
    });
  }

  async end(): Promise<void> {
    if (!this.#ended) this.#child.kill("SIGTERM");
    await this.#child.status;
  }
}

async function answers(port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    return true;
  } catch {
    return false;
  }
}

async function writeKeys(folder: string, pairs: ReadonlyMap<string, DkimPair>): Promise<void> {
  const lines = { keys: "", signers: "", public: "" };
  for (const [domain, { privateKey, record }] of pairs) {
    lines.public += `${keyName(domain)} ${record}\n`;
    if (domain === BOT_DOMAIN) continue;
    await Deno.writeTextFile(`${folder}/dkim/${domain}.pem`, privateKey);
    lines.keys += `${keyName(domain)} ${domain}:${SELECTOR}:${folder}/dkim/${domain}.pem\n`;
    lines.signers += `${domain} ${keyName(domain)}\n`;
  }
  for (const [name, text] of Object.entries(lines)) await Deno.writeTextFile(`${folder}/dkim/${name}`, text);
  await run("chown", ["-R", "opendkim:opendkim", `${folder}/dkim`]);
}

async function writeFiles(plan: MailHostPlan): Promise<void> {
  const { folder } = plan;
  for (const name of ["etc", "queue", "data", "dovecot", "dkim", "mail"]) {
    await Deno.mkdir(`${folder}/${name}`);
  }
  await Deno.chmod(folder, 0o755);
  const files = {
    "main.cf": postfixMain(plan),
    "master.cf": postfixMaster(plan),
    "opendkim.conf": opendkimConf(plan),
    "dovecot.conf": dovecotConf(plan),
    "users": MAILBOXES.map((address) => `${address}:{PLAIN}${PASSWORD}::::::\n`).join(""),
  };
  for (const [name, text] of Object.entries(files)) await Deno.writeTextFile(`${folder}/etc/${name}`, text);
  await run("chown", ["postfix", `${folder}/data`]);
  await run("chown", ["dovecot:dovecot", `${folder}/mail`]);
}

function zoneOf(pairs: ReadonlyMap<string, DkimPair>): Record<string, readonly string[]> {
  const zone: Record<string, readonly string[]> = {};
  for (const [domain, { record }] of pairs) {
    zone[`TXT ${keyName(domain)}`] = [record];
    zone[`TXT _dmarc.${domain}`] = ["v=DMARC1; p=reject"];
    zone[`MX ${domain}`] = ["10 mail.example.co.jp"];
  }
  return zone;
}

/** Starts the host. Mails to the service go to its door `service`; the small listener takes `smallBytes`. */
export async function startMailHost(
  { service, smallBytes = 100_000 }: { readonly service: string; readonly smallBytes?: number },
): Promise<MailHost> {
  const [submission = 0, outside = 0, small = 0, milter = 0, imap = 0, nobody = 0] = freePorts(6);
  const folder = await Deno.makeTempDir({ prefix: "warifu-peers-" });
  const plan = { folder, submission, outside, small, smallBytes, milter, imap, service, nobody };
  const pairs = new Map([...SIGNED_DOMAINS, BOT_DOMAIN].map((domain) => [domain, dkimPair()]));
  await writeFiles(plan);
  await writeKeys(folder, pairs);
  const daemons: Daemon[] = [];
  async function start(name: string, args: readonly string[], port: number): Promise<void> {
    const daemon = new Daemon(name, args);
    daemons.push(daemon);
    await daemon.listening(port);
  }
  const postfix = (command: string) => run("postfix", ["-c", `${folder}/etc`, command]);
  async function close(): Promise<void> {
    await postfix("stop").catch(() => {}); // It may be down already.
    for (const daemon of daemons) await daemon.end();
    await Deno.remove(folder, { recursive: true });
  }
  try {
    await start("opendkim", ["-f", "-x", `${folder}/etc/opendkim.conf`], milter);
    await start("dovecot", ["-F", "-c", `${folder}/etc/dovecot.conf`], imap);
    await postfix("start");
    await until("Postfix answers", () => answers(submission));
  } catch (error) {
    const words = await Deno.readTextFile(`${folder}/mail.log`).catch(() => "");
    await close();
    throw new Error(`Cannot start the mail host: ${words}`, { cause: error });
  }
  return {
    ...plan,
    zone: zoneOf(pairs),
    botKey: pairs.get(BOT_DOMAIN)!,
    stopPostfix: () => postfix("stop").then(() => {}),
    async startPostfix() {
      await postfix("start");
      await until("Postfix answers", () => answers(submission));
    },
    log: () => Deno.readTextFile(`${folder}/mail.log`),
    close,
  };
}
