/**
 * Starts Warifu: the one place where settings, parts, pages, doors and the worker are put together.
 *
 * @module
 */
import { Hono } from "hono";
import { openFileBlobs } from "./lib/adapters/file_blobs.ts";
import { loadFont } from "./lib/adapters/fonts.ts";
import { jsonLog } from "./lib/adapters/json_log.ts";
import { openKvStore } from "./lib/adapters/kv_store.ts";
import { loadSettings } from "./lib/adapters/load_settings.ts";
import { isMailbox } from "./lib/adapters/mailbox.ts";
import { masterKey } from "./lib/adapters/master_key.ts";
import { openMailer } from "./lib/adapters/open_mailer.ts";
import { openSealing, type Sealing } from "./lib/adapters/open_sealing.ts";
import { pdfiumRenderer } from "./lib/adapters/pdfium_renderer.ts";
import { readRoots } from "./lib/adapters/read_roots.ts";
import { type SmtpIntake, smtpIntake } from "./lib/adapters/smtp_intake.ts";
import { systemChance } from "./lib/adapters/system_chance.ts";
import { systemClock } from "./lib/adapters/system_clock.ts";
import { workerConsentReader } from "./lib/adapters/worker_consent_reader.ts";
import { workerMailReader } from "./lib/adapters/worker_mail_reader.ts";
import { startWorker } from "./lib/due/run_due.ts";
import { CaseNumbers } from "./lib/flows/case_numbers.ts";
import { handlersOf } from "./lib/flows/handlers.ts";
import { readiness } from "./lib/flows/readiness.ts";
import { receiveMail } from "./lib/flows/receive_mail.ts";
import type { World } from "./lib/flows/world.ts";
import { keyringOf } from "./lib/link/keyring.ts";
import { classifyAddress } from "./lib/mail/bot_address.ts";
import { type Log, PortError } from "./lib/ports.ts";
import type { Endpoint, Environment } from "./lib/settings/environment.ts";
import type { SettingsFaults } from "./lib/settings/fault.ts";
import { parseEnvironment } from "./lib/settings/parse_environment.ts";
import { productionFaults } from "./lib/settings/production_faults.ts";
import { departmentOf, type Settings } from "./lib/settings/settings.ts";
import { buildPages } from "./lib/tasks/build.ts";
import { makeApp } from "./routes/app.ts";
import { devMailbox } from "./routes/dev_mailbox.tsx";
import { inboundMime } from "./routes/inbound_mime.ts";
import type { Assets } from "./routes/site.ts";

/** A mail is larger than what is attached to it by base64 and line ends (RFC 2045 §6.8: 4/3 and 2 in 76). */
const MAIL_OVERHEAD = 1.4;

/** Room for the text and headers of a mail, in bytes. */
const MAIL_TEXT_BYTES = 1_000_000;

const address = ({ hostname, port }: Endpoint): string =>
  `${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;

/** Prints all that is wrong with the settings and ends: nothing is started half. */
function refuse({ faults }: SettingsFaults): never {
  console.error("Warifu cannot start:");
  for (const { path, problem } of faults) console.error(`  ${path}: ${problem}`);
  Deno.exit(1);
}

async function readConfiguration(): Promise<{ environment: Environment; settings: Settings }> {
  const environment = parseEnvironment(Deno.env.toObject());
  if ("faults" in environment) refuse(environment);
  const loaded = await loadSettings(environment.settingsFile);
  if ("faults" in loaded) refuse(loaded);
  const faults = productionFaults(environment, loaded.fromFile ? loaded.settings : null);
  if (faults.length > 0) refuse({ faults });
  return { environment, settings: loaded.settings };
}

/** Kinds of stores and blobs that this process can open by itself; the rest is refused in plain words. */
function refuseUnknownPlaces({ storeUrl, blobUrl, lmtpListen }: Environment): void {
  const faults = [];
  if (storeUrl !== "kv:") faults.push({ path: "STORE_URL", problem: "must be kv: (a file in DATA_DIR)" });
  if (blobUrl !== "file:") faults.push({ path: "BLOB_URL", problem: "must be file: (in DATA_DIR)" });
  if (lmtpListen && lmtpListen.port === 0) {
    faults.push({ path: "LMTP_LISTEN", problem: "must name a port" });
  }
  if (faults.length > 0) refuse({ faults });
}

async function openSeals(environment: Environment, settings: Settings): Promise<Sealing> {
  const { signerUrl, signerPassphrase, tsaUrls, trustRoots, dataDir } = environment;
  return await openSealing({
    signer: { url: signerUrl, ...signerPassphrase === null ? {} : { passphrase: signerPassphrase } },
    tsa: { url: tsaUrls.join(","), policy: settings.timestamp.policy },
    trustRoots: trustRoots === null ? [] : await readRoots(trustRoots),
    dataDir,
  }, {
    clock: systemClock(environment.devClockOffset),
    trueClock: systemClock(),
    chance: systemChance,
    fetch,
  });
}

/** The world of the use cases; `wake` tells the worker, which needs the world to be made. */
async function makeWorld(
  environment: Environment,
  settings: Settings,
  sealing: Sealing,
  wake: () => void,
): Promise<World> {
  const { dataDir, publicUrl, mailOutUrl, mailAuth } = environment;
  const clock = systemClock(environment.devClockOffset);
  const blobs = await openFileBlobs(`${dataDir}/blobs`, clock);
  const store = await openKvStore(`${dataDir}/store.kv`);
  return {
    store,
    blobs,
    clock,
    chance: systemChance,
    log: jsonLog(clock, (line) => console.log(line)),
    mailer: openMailer(mailOutUrl, { store, blobs, clock }),
    reader: workerMailReader(blobs),
    consents: workerConsentReader(),
    renderer: pdfiumRenderer(),
    ...sealing,
    settings,
    keys: keyringOf(await masterKey(environment.masterKey, dataDir, systemChance)),
    numbers: new CaseNumbers(store),
    mailAuth,
    publicUrl,
    font: () => loadFont("sans"),
    wake,
  };
}

function makePages(world: World, environment: Environment, sealing: Sealing, assets: Assets): Hono {
  const ready = readiness(world, sealing.skewMs);
  const app = makeApp(world, { assets, trustedProxies: environment.trustedProxies, ready });
  const { inboundToken } = environment;
  if (inboundToken !== null) {
    app.route("/", inboundMime(world, { token: inboundToken, maxBytes: maxMailBytes(world.settings) }));
  }
  if (isMailbox(world.mailer)) app.route("/", devMailbox(world, { assets }, world.mailer));
  return app;
}

const maxMailBytes = ({ limits }: Settings): number =>
  Math.ceil(limits.maxPdfBytes * MAIL_OVERHEAD) + MAIL_TEXT_BYTES;

/** Opens a door for mail: only what is written to the bot, a department or a case comes in. */
async function openDoor(world: World, listen: Endpoint | null, lmtp: boolean): Promise<SmtpIntake | null> {
  if (!listen) return null;
  const { settings, keys } = world;
  const identity = { botAddress: settings.bot.address, keys };
  return await smtpIntake({
    listen: address(listen),
    lmtp,
    name: settings.bot.address.slice(settings.bot.address.lastIndexOf("@") + 1),
    maxBytes: maxMailBytes(settings),
    accepts(recipient) {
      const found = classifyAddress(recipient, identity);
      return found !== null && (found.to !== "department" || departmentOf(settings, found.id) !== null);
    },
    receive: (envelope, content) => receiveMail(world, { envelope, content }),
    log: world.log,
  });
}

/** Resolves when the process is asked to end. */
function askedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) Deno.addSignalListener(signal, () => resolve());
  });
}

function greet(environment: Environment, doors: readonly (SmtpIntake | null)[], log: Log): void {
  const { publicUrl, mailOutUrl, mode } = environment;
  console.log(`割符 Warifu: ${publicUrl}`);
  if (mailOutUrl === "mailbox:") console.log(`mailbox and composer: ${publicUrl}/dev/mailbox`);
  for (const door of doors) if (door) console.log(`mail comes in at ${door.address}`);
  log.info("started", { mode, http: address(environment.httpListen) });
}

async function run(): Promise<void> {
  const { environment, settings } = await readConfiguration();
  refuseUnknownPlaces(environment);
  const [assets, sealing] = await Promise.all([buildPages(), openSeals(environment, settings)]);
  let wake = () => {};
  const world = await makeWorld(environment, settings, sealing, () => wake());
  const { store, clock, log } = world;
  const worker = startWorker({ store, clock, log, handlers: handlersOf(world) });
  wake = () => worker.wake();
  const app = makePages(world, environment, sealing, assets);
  const { hostname, port } = environment.httpListen;
  const server = Deno.serve({ hostname, port, onListen: () => {} }, app.fetch);
  const doors = [
    await openDoor(world, environment.smtpListen, false),
    await openDoor(world, environment.lmtpListen, true),
  ];
  greet(environment, doors, log);
  await askedToEnd();
  await Promise.all([server.shutdown(), ...doors.map((door) => door?.close())]);
  await worker.close();
  for (const part of [world.mailer, world.reader, world.consents, world.renderer, store]) part.close();
  Deno.exit(0);
}

try {
  await run();
} catch (error) {
  if (!(error instanceof PortError)) throw error;
  console.error(`Warifu cannot start: ${error.message}`);
  Deno.exit(1);
}
