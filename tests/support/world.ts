/**
 * A whole service for tests, without sockets: real parts around a clock that tests move. Mails go in as bytes,
 * letters are read in the built-in mailbox.
 *
 * @module
 */
import { openFileBlobs } from "../../lib/adapters/file_blobs.ts";
import { devRevocation } from "../../lib/adapters/dev_revocation.ts";
import { devTsa } from "../../lib/adapters/dev_tsa.ts";
import { loadFont } from "../../lib/adapters/fonts.ts";
import { openKvStore } from "../../lib/adapters/kv_store.ts";
import { type KeptMail, type MailboxMailer, mailboxMailer } from "../../lib/adapters/mailbox.ts";
import { holidayCalendar } from "../../lib/adapters/holiday_calendar.ts";
import { memoryBlobs } from "../../lib/adapters/memory_blobs.ts";
import { memoryCatalog } from "../../lib/adapters/memory_catalog.ts";
import { memoryStore } from "../../lib/adapters/memory_store.ts";
import { pdfiumRenderer } from "../../lib/adapters/pdfium_renderer.ts";
import { systemChance } from "../../lib/adapters/system_chance.ts";
import { processConsentReader } from "../../lib/adapters/process_consent_reader.ts";
import { processMailAuthenticator } from "../../lib/adapters/process_mail_authenticator.ts";
import { processMailReader } from "../../lib/adapters/process_mail_reader.ts";
import type { DueEntry } from "../../lib/due/due_index.ts";
import { startWorker } from "../../lib/due/run_due.ts";
import { CaseCatalog } from "../../lib/flows/case_catalog.ts";
import { CaseNumbers } from "../../lib/flows/case_numbers.ts";
import { handlersOf } from "../../lib/flows/handlers.ts";
import { receiveMail } from "../../lib/flows/receive_mail.ts";
import type { World } from "../../lib/flows/world.ts";
import { keyringOf } from "../../lib/link/keyring.ts";
import type { Blobs, OutgoingMail, Store } from "../../lib/ports.ts";
import { devTrust } from "./dev_trust.ts";
import { fakeDns, type Zone } from "./fake_dns.ts";
import { type FakeClock, fakeClock } from "./fake_clock.ts";
import { type RawMail, rawMail } from "./raw_mail.ts";
import { seededChance } from "./seeded_chance.ts";
import { SILENT } from "./silent_log.ts";
import { demoSettings } from "../../lib/settings/demo_settings.ts";

/** A letter as its recipient has it. */
export type Letter = {
  readonly entry: KeptMail;
  readonly mail: OutgoingMail;
  /** The token of the link that stands in it behind a path such as `/c/`; fails the test when there is none. */
  token(path: string): string;
};

/** The service with handles to look at it. */
export type TestWorld = {
  readonly world: World;
  readonly clock: FakeClock;
  readonly mailbox: MailboxMailer;
  /** Hands a mail in as bytes and lets everything that follows happen. */
  post(mail: RawMail): Promise<void>;
  /** Lets everything that is due happen. */
  drain(): Promise<void>;
  /** Letters to an address, oldest first, all or of one kind. */
  letters(to: string, kind?: string): Promise<readonly Letter[]>;
  /** The newest letter to an address, of any or one kind; fails the test when there is none. */
  mailTo(to: string, kind?: string): Promise<Letter>;
  close(): Promise<void>;
};

/** What a test may choose. */
export type WorldOptions = {
  /** Parts to put in place of the real ones. */
  readonly overrides?: Partial<World>;
  /** Changes the world once it is made, to put something between its parts. */
  readonly wrap?: (world: World) => World;
  /** What DNS says. */
  readonly zone?: Zone;
  /** Keeps everything in files, as a service does, instead of in memory. */
  readonly onDisk?: boolean;
  /** A directory to keep it in, that outlasts this world; a temporary one otherwise. */
  readonly directory?: string;
};

type Places = { readonly store: Store; readonly blobs: Blobs; remove(): Promise<void> };

async function openPlaces(clock: FakeClock, { onDisk, directory }: WorldOptions): Promise<Places> {
  if (!onDisk && directory === undefined) {
    return { store: memoryStore(), blobs: memoryBlobs(clock), remove: () => Promise.resolve() };
  }
  const place = directory ?? await Deno.makeTempDir();
  const store = await openKvStore(`${place}/store.kv`);
  const blobs = await openFileBlobs(`${place}/blobs`, clock);
  const remove = () => directory === undefined ? Deno.remove(place, { recursive: true }) : Promise.resolve();
  return { store, blobs, remove };
}

function letterOf(entry: KeptMail, mail: OutgoingMail): Letter {
  return {
    entry,
    mail,
    token(path) {
      const found = new RegExp(`${path}([A-Za-z0-9_-]{51})(?:\\?\\S*)?$`, "m").exec(mail.text)?.[1];
      if (!found) throw new Error(`Cannot find a link "${path}" in the letter "${entry.kind}"`);
      return found;
    },
  };
}

async function anythingDue(store: Store, clock: FakeClock): Promise<boolean> {
  for await (const { value } of store.list<DueEntry & { leased?: boolean }>({ prefix: ["due"] })) {
    if (value.leased || value.at <= clock.now()) return true;
  }
  return false;
}

/** Makes the service. */
export async function makeWorld(options: WorldOptions = {}): Promise<TestWorld> {
  const clock = fakeClock();
  const places = await openPlaces(clock, options);
  const { store, blobs } = places;
  const pki = await devTrust();
  const mailbox = mailboxMailer(store, blobs, clock);
  let wake = () => {};
  const keys = keyringOf(new Uint8Array(32).fill(7));
  const catalog = new CaseCatalog({ store, keys, catalog: memoryCatalog() });
  await catalog.rebuild();
  const made: World = {
    store,
    blobs,
    clock,
    calendar: holidayCalendar,
    chance: seededChance(),
    log: SILENT,
    mailer: mailbox,
    reader: processMailReader(blobs),
    authenticator: processMailAuthenticator(blobs, {
      dns: fakeDns(options.zone ?? {}),
      relays: [],
      forwarders: [],
    }),
    consents: processConsentReader(),
    renderer: pdfiumRenderer({ workers: 1 }),
    signer: pki.signer,
    tsa: devTsa({ authority: pki.tsa, clock, chance: systemChance }),
    revocation: devRevocation(pki.root, clock),
    trustRoots: [pki.root.certificate],
    settings: demoSettings,
    keys,
    catalog,
    numbers: new CaseNumbers(store),
    mailAuth: "observe",
    publicUrl: "http://localhost:8000",
    font: () => loadFont("sans"),
    wake: () => wake(),
    ...options.overrides,
  };
  const world = options.wrap?.(made) ?? made;
  const worker = startWorker({ store, clock, log: world.log, handlers: handlersOf(world) });
  wake = () => worker.wake();

  /** A drain asked for while the worker looks may end with that look, so the index is looked at again. */
  async function drain(): Promise<void> {
    do await worker.drain(); while (await anythingDue(store, clock));
  }

  async function letters(to: string, kind?: string): Promise<readonly Letter[]> {
    const entries = (await mailbox.kept(to)).filter((entry) => kind === undefined || entry.kind === kind);
    return await Promise.all(
      entries.map(async ({ id }) => {
        const { entry, mail } = (await mailbox.letter(id))!;
        return letterOf(entry, mail);
      }),
    );
  }
  return {
    world,
    clock,
    mailbox,
    letters,
    drain,
    async post(mail) {
      const to = [mail.to, ...mail.cc ?? []].filter((address) => address.includes("@bot."));
      const envelope = { from: mail.from, to };
      await receiveMail(world, { envelope, content: new Blob([rawMail(mail)]).stream() });
      await drain();
    },
    async mailTo(to, kind) {
      const last = (await letters(to, kind)).at(-1);
      if (!last) throw new Error(`Cannot find a letter of kind "${kind ?? "any"}"`);
      return last;
    },
    async close() {
      await worker.close();
      const { reader, authenticator, consents, renderer, mailer } = world;
      await Promise.all([reader, authenticator, consents, renderer].map((part) => part.close()));
      mailer.close();
      store.close();
      await places.remove();
    },
  };
}
