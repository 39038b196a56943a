/**
 * A world on paper for tests of single use cases: mails come as they would be read, forms as they would be
 * understood, and letters stay orders. What the parts do is tested with the parts.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { holidayCalendar } from "../../lib/adapters/holiday_calendar.ts";
import { memoryBlobs } from "../../lib/adapters/memory_blobs.ts";
import { memoryCatalog } from "../../lib/adapters/memory_catalog.ts";
import { memoryStore } from "../../lib/adapters/memory_store.ts";
import type { Case } from "../../lib/domain/case.ts";
import { UnreadableError } from "../../lib/domain/unreadable.ts";
import type { DueEntry } from "../../lib/due/due_index.ts";
import { CaseCatalog } from "../../lib/flows/case_catalog.ts";
import { CaseNumbers } from "../../lib/flows/case_numbers.ts";
import { readCase } from "../../lib/flows/case_records.ts";
import { readInbox } from "../../lib/flows/read_inbox.ts";
import { type InboxEntry, receiveMail } from "../../lib/flows/receive_mail.ts";
import type { World } from "../../lib/flows/world.ts";
import type { ConsentReader } from "../../lib/forms/consent_reading.ts";
import type { LetterOrder } from "../../lib/letters/letter_order.ts";
import { keyringOf } from "../../lib/link/keyring.ts";
import type { MailReader, ReadMail } from "../../lib/mail/read_mail.ts";
import { type Blobs, PortError } from "../../lib/ports.ts";
import { type FakeClock, fakeClock } from "./fake_clock.ts";
import { nobodyVouches } from "./nobody_vouches.ts";
import { seededChance } from "./seeded_chance.ts";
import { SILENT } from "./silent_log.ts";
import { TEST_SETTINGS } from "./test_settings.ts";

/** A mail as a test states it: what is not said is ordinary. */
export type PaperMail = Partial<Omit<ReadMail, "from" | "attachments">> & {
  readonly from?: string | readonly string[];
  readonly to?: never;
  readonly rcpt?: string | readonly string[];
  readonly copied?: readonly string[];
  readonly files?: readonly { readonly filename: string; readonly content: Uint8Array | string }[];
};

/** The world with handles to look at it. */
export type PaperWorld = {
  readonly world: World;
  readonly clock: FakeClock;
  /** Takes a mail in and reads it; what became of it. */
  post(mail: PaperMail): Promise<InboxEntry>;
  /** Reads the mail that waits once more, after it failed some times. */
  attempt(attempts: number): Promise<InboxEntry>;
  /** Takes a mail in that the reader will not understand. */
  postUnreadable(from: string): Promise<InboxEntry>;
  /** Letters that wait to be written, in the order of their ids. */
  orders(): Promise<(LetterOrder & { readonly id: string; readonly caseNumber: string })[]>;
  state(number: string): Promise<Case>;
};

const UNREADABLE = "unreadable";
const box = (address: string) => ({ name: "", address });

function paperReader(blobs: Blobs): MailReader {
  return {
    async read(raw) {
      const text = new TextDecoder().decode(await blobs.get(raw));
      if (text.startsWith(UNREADABLE)) {
        throw new UnreadableError("too_deep", "Cannot read a mail: it is too deep");
      }
      return JSON.parse(text) as ReadMail;
    },
    close: () => Promise.resolve(),
  };
}

/** Understands files and texts that are JSON of a form; calls a file that says `locked` encrypted. */
const paperConsents: ConsentReader = {
  read({ files, text }) {
    for (const { filename, content } of files) {
      const said = new TextDecoder().decode(content);
      if (said === "locked") return Promise.resolve({ read: false, why: "encrypted", file: filename });
      if (said.startsWith("{")) {
        return Promise.resolve({ read: true, form: JSON.parse(said), fields: [], file: filename });
      }
    }
    if (text.startsWith("{")) {
      return Promise.resolve({ read: true, form: JSON.parse(text), fields: [], file: null });
    }
    return Promise.resolve({ read: false, why: "no_form", file: null });
  },
  close: () => Promise.resolve(),
};

const broken = (what: string) => () =>
  Promise.reject(
    new PortError("unavailable", `Cannot ${what}: there is nothing on paper`, { retryable: true }),
  );

async function readMailOf(blobs: Blobs, mail: PaperMail, count: number): Promise<ReadMail> {
  const { from = "vendor@vendor.example.jp", rcpt: _, files = [], copied = [], ...facts } = mail;
  const attachments = await Promise.all(files.map(async ({ filename, content }) => {
    const { sha256: blob, size } = await blobs.put(Buffer.from(content));
    const contentType = /\.pdf$/i.test(filename) ? "application/pdf" : "application/octet-stream";
    return { filename, contentType, size, blob };
  }));
  return {
    messageId: `paper-${count}@mail.example.jp`,
    references: [],
    from: [from].flat().map(box),
    to: [],
    cc: copied.map(box),
    replyTo: [],
    subject: "電子契約",
    // Unless a test says otherwise, nothing is quoted: the whole text is new.
    text: facts.newText ?? "",
    newText: facts.text ?? "",
    automatic: null,
    bounce: null,
    closed: [],
    ...facts,
    attachments,
  };
}

/** Makes a world on paper. */
export function paperWorld(overrides: Partial<World> = {}): PaperWorld {
  const clock = fakeClock();
  const store = memoryStore();
  const blobs = memoryBlobs(clock);
  const keys = keyringOf(new Uint8Array(32).fill(7));
  const world: World = {
    store,
    blobs,
    clock,
    calendar: holidayCalendar,
    chance: seededChance(),
    log: SILENT,
    mailer: { send: broken("send"), ready: () => Promise.resolve(false), close() {} },
    reader: paperReader(blobs),
    authenticator: nobodyVouches(),
    consents: paperConsents,
    renderer: {
      pages: broken("draw"),
      png: broken("draw"),
      image: broken("draw"),
      text: () => Promise.resolve(""),
      close: () => Promise.resolve(),
    },
    signer: { certificate: new Uint8Array(), chain: [], algorithm: "ES256", sign: broken("sign") },
    tsa: { timestamp: broken("timestamp") },
    revocation: { revocationFor: broken("ask") },
    trustRoots: [],
    settings: TEST_SETTINGS,
    keys,
    catalog: new CaseCatalog({ store, keys, catalog: memoryCatalog() }),
    numbers: new CaseNumbers(store),
    mailAuth: "observe",
    publicUrl: "http://localhost:8000",
    font: broken("print"),
    wake() {},
    ...overrides,
  };
  let count = 0;
  async function attempt(attempts: number): Promise<InboxEntry> {
    for await (const { key, value } of store.list<DueEntry>({ prefix: ["due"] })) {
      if (value.kind !== "mail") continue;
      await readInbox(world, { ...value, attempts });
      await store.commit({ deletes: [key] });
      const { id } = value.payload as { id: string };
      return (await store.get<InboxEntry>(["inbox", id]))!.value;
    }
    throw new Error("Cannot read the mail: it was received before");
  }
  async function take(content: string, from: string, rcpt: readonly string[]): Promise<InboxEntry> {
    const stream = new Blob([content]).stream();
    await receiveMail(world, { envelope: { from, to: rcpt }, content: stream });
    return await attempt(0);
  }
  return {
    world,
    clock,
    attempt,
    async post(mail) {
      const read = await readMailOf(blobs, mail, count++);
      const rcpt = [mail.rcpt ?? world.settings.bot.address].flat();
      return await take(JSON.stringify(read), read.from[0]?.address ?? "", rcpt);
    },
    postUnreadable: (from) => take(`${UNREADABLE} ${count++}`, from, [world.settings.bot.address]),
    async orders() {
      const orders = [];
      for await (const { value } of store.list<DueEntry>({ prefix: ["due"] })) {
        if (value.kind !== "letter") continue;
        orders.push({ ...value.payload as LetterOrder, id: value.id, caseNumber: value.subject });
      }
      return orders.sort((a, b) => a.id < b.id ? -1 : 1);
    },
    async state(number) {
      const head = await readCase(store, number);
      if (!head) throw new Error("Cannot look at the case: there is none");
      return head.value;
    },
  };
}
