/**
 * Starts Warifu: pages, doors for mail and the worker around the world that settings and parts make.
 *
 * @module
 */
import { Hono } from "hono";
import { assertChildrenAllowed } from "./lib/adapters/child_link.ts";
import { diskRoom, type HasRoom } from "./lib/adapters/disk_room.ts";
import { isMailbox } from "./lib/adapters/mailbox.ts";
import { processFigures } from "./lib/adapters/process_figures.ts";
import { type SmtpIntake, smtpIntake } from "./lib/adapters/smtp_intake.ts";
import { readTlsFiles, type TlsFiles, type TlsPair } from "./lib/adapters/tls_files.ts";
import { startWorker } from "./lib/due/run_due.ts";
import { waitByTimer } from "./lib/due/wait.ts";
import { watchExpiry } from "./lib/flows/certificate_expiry.ts";
import { beginDigests } from "./lib/flows/digests.ts";
import { handlersOf } from "./lib/flows/handlers.ts";
import { readiness } from "./lib/flows/readiness.ts";
import { isOwnAddress } from "./lib/flows/own_address.ts";
import { beginPolling } from "./lib/flows/poll_inbox.ts";
import { receiveMail } from "./lib/flows/receive_mail.ts";
import { standingFigures } from "./lib/flows/standing_figures.ts";
import type { World } from "./lib/flows/world.ts";
import { type Log, PortError } from "./lib/ports.ts";
import type { Endpoint, Environment } from "./lib/settings/environment.ts";
import type { SettingsFaults } from "./lib/settings/fault.ts";
import { maxMailBytes } from "./lib/settings/mail_size.ts";
import { buildPages } from "./lib/tasks/build.ts";
import { type Composed, composeWorld, readConfiguration } from "./lib/tasks/compose.ts";
import { makeApp } from "./routes/app.ts";
import { devMailbox } from "./routes/dev_mailbox.tsx";
import { inboundMime } from "./routes/inbound_mime.ts";
import { resendWebhook } from "./routes/resend_webhook.ts";
import type { SiteMetrics } from "./routes/metrics.ts";
import type { Assets } from "./routes/site.ts";

const address = ({ hostname, port }: Endpoint): string =>
  `${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;

/** Prints all that is wrong with the settings and ends: nothing is started half. */
function refuse({ faults }: SettingsFaults): never {
  console.error("Warifu cannot start:");
  for (const { path, problem } of faults) console.error(`  ${path}: ${problem}`);
  Deno.exit(1);
}

/** What `/metrics` tells. */
function metricsOf({ world, meters, tsaChain }: Composed, { mode }: Environment): SiteMetrics {
  const ofProcess = processFigures(mode);
  const figures = async () => [...await ofProcess(), ...await standingFigures(world, tsaChain())];
  return { meters, figures };
}

function makePages(composed: Composed, environment: Environment, assets: Assets): Hono {
  const { world, skewMs, tsaChain } = composed;
  const ready = readiness(world, skewMs, tsaChain);
  const metrics = metricsOf(composed, environment);
  const app = makeApp(world, { assets, trustedProxies: environment.trustedProxies, ready, metrics });
  const { inboundToken, resendWebhookSecret } = environment;
  if (inboundToken !== null) {
    app.route("/", inboundMime(world, { token: inboundToken, maxBytes: maxMailBytes(world.settings) }));
  }
  if (resendWebhookSecret !== null) app.route("/", resendWebhook(world, resendWebhookSecret));
  if (isMailbox(world.mailer)) app.route("/", devMailbox(world, { assets }, world.mailer));
  return app;
}

/** Relays on this machine are the operator's own. */
const LOCAL = ["127.0.0.1", "::1"];

/** What both doors have in common. */
type DoorOptions = {
  readonly tls: TlsPair | null;
  readonly relays: readonly string[];
  readonly hasRoom: HasRoom;
};

/** Opens a door for mail: only what is written to the bot, a department or a case comes in. */
async function openDoor(
  world: World,
  listen: Endpoint | null,
  options: DoorOptions & { readonly lmtp: boolean },
): Promise<SmtpIntake | null> {
  if (!listen) return null;
  const { settings } = world;
  return await smtpIntake({
    listen: address(listen),
    lmtp: options.lmtp,
    ...(options.tls && { tls: options.tls }),
    relays: [...LOCAL, ...options.relays],
    name: settings.bot.address.slice(settings.bot.address.lastIndexOf("@") + 1),
    maxBytes: maxMailBytes(settings),
    accepts: (recipient) => isOwnAddress(world, recipient),
    receive: (envelope, content, transport) => receiveMail(world, { envelope, content, transport }),
    clock: world.clock,
    hasRoom: options.hasRoom,
    log: world.log,
  });
}

/** Largest mails for which there must be room on the disk before another is begun: work goes on while it fills. */
const MAILS_IN_RESERVE = 3;

async function openDoors(world: World, environment: Environment): Promise<(SmtpIntake | null)[]> {
  const { smtpTls, smtpListen, lmtpListen } = environment;
  const options: DoorOptions = {
    tls: smtpTls && await readTlsFiles(smtpTls),
    relays: environment.smtpRelays,
    hasRoom: diskRoom(environment.dataDir, MAILS_IN_RESERVE * maxMailBytes(world.settings)),
  };
  const doors = [
    await openDoor(world, smtpListen, { ...options, lmtp: false }),
    await openDoor(world, lmtpListen, { ...options, lmtp: true }),
  ];
  if (smtpTls) renewOnHangup(smtpTls, doors, world.log);
  return doors;
}

/** Certificates of our time last for weeks: on SIGHUP, as programs that renew them send it, both files are read anew. */
function renewOnHangup(files: TlsFiles, doors: readonly (SmtpIntake | null)[], log: Log): void {
  Deno.addSignalListener("SIGHUP", () => {
    readTlsFiles(files).then((pair) => {
      for (const door of doors) door?.useCertificate(pair);
      log.info("smtp_certificate_read");
    }, (error) => log.error("smtp_certificate_kept", error));
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
  await assertChildrenAllowed();
  const configuration = await readConfiguration(Deno.env.toObject());
  if ("faults" in configuration) refuse(configuration);
  const { environment } = configuration;
  let wake = () => {};
  const [assets, composed] = await Promise.all([
    buildPages(),
    composeWorld(configuration, { wake: () => wake(), writeLog: (line) => console.log(line) }),
  ]);
  const { world } = composed;
  const { store, clock, log } = world;
  const worker = startWorker({
    store,
    clock,
    log,
    handlers: composed.meters.aroundHandlers(world, handlersOf(world)),
  });
  wake = () => {
    worker.wake();
    world.catalog.wake();
  };
  await beginPolling(world);
  await beginDigests(world);
  const ending = new AbortController();
  const watch = Promise.all([
    watchExpiry(world, composed.tsaChain, { wait: waitByTimer, stop: ending.signal }),
    world.catalog.keep(log, { wait: waitByTimer, stop: ending.signal }),
  ]);
  const app = makePages(composed, environment, assets);
  const { hostname, port } = environment.httpListen;
  const server = Deno.serve({ hostname, port, onListen: () => {} }, app.fetch);
  const doors = await openDoors(world, environment);
  greet(environment, doors, log);
  await askedToEnd();
  await Promise.all([server.shutdown(), ...doors.map((door) => door?.close())]);
  ending.abort();
  await Promise.all([worker.close(), watch]);
  await composed.close();
  Deno.exit(0);
}

try {
  await run();
} catch (error) {
  if (!(error instanceof PortError)) throw error;
  console.error(`Warifu cannot start: ${error.message}`);
  Deno.exit(1);
}
