/**
 * The built-in mailbox on the web without the rest of the service: letters are put in, forms are posted.
 *
 * @module
 */
import { mailboxMailer } from "../../lib/adapters/mailbox.ts";
import { memoryBlobs } from "../../lib/adapters/memory_blobs.ts";
import { memoryStore } from "../../lib/adapters/memory_store.ts";
import { processMailReader } from "../../lib/adapters/process_mail_reader.ts";
import { loadFont } from "../../lib/adapters/fonts.ts";
import type { InboxEntry } from "../../lib/flows/receive_mail.ts";
import type { World } from "../../lib/flows/world.ts";
import { keyringOf } from "../../lib/link/keyring.ts";
import type { OutgoingMail } from "../../lib/ports.ts";
import { devMailbox } from "../../routes/dev_mailbox.tsx";
import type { Assets } from "../../routes/site.ts";
import { fakeClock } from "./fake_clock.ts";
import { seededChance } from "./seeded_chance.ts";
import { SILENT } from "./silent_log.ts";
import { TEST_SETTINGS } from "./test_settings.ts";

const link = { src: "/static/x", integrity: "" };
const assets: Assets = { files: new Map(), style: link, simple: link, mailbox: link, client: link };

/** A letter about a case. */
export const LETTER: OutgoingMail = {
  id: "R8-000123/4/request/1f/0",
  messageId: "<letter-1@bot.example.lg.jp>",
  from: { name: "見本県電子契約", address: "keiyaku@bot.example.lg.jp" },
  to: "tanaka@example.co.jp",
  replyTo: "keiyaku+c.R8-000123.abcdefghijklmnop@bot.example.lg.jp",
  subject: "確認依頼 <b>",
  text: "開く：\n\nhttp://localhost:8000/c/TOKEN\n\n以上",
  html:
    '<!doctype html><html><head><title>t</title></head><body><a href="http://localhost:8000/c/TOKEN">開く</a></body></html>',
  headers: { "Auto-Submitted": "auto-generated", "X-Warifu-Case": "R8-000123", "X-Warifu-Kind": "request" },
  attachments: [],
};

/** Opens a mailbox for a test. */
export async function withMailbox(
  body: (desk: {
    get: (path: string) => Promise<Response>;
    request: (path: string, init: RequestInit) => Promise<Response>;
    post: (form: FormData, headers?: Record<string, string>) => Promise<Response>;
    world: World;
    arrived: () => Promise<InboxEntry[]>;
  }) => Promise<void>,
): Promise<void> {
  const clock = fakeClock();
  const store = memoryStore();
  const blobs = memoryBlobs(clock);
  const mailbox = mailboxMailer(store, blobs, clock);
  const reader = processMailReader(blobs);
  const parts: Partial<World> = {
    store,
    blobs,
    clock,
    chance: seededChance(),
    log: SILENT,
    mailer: mailbox,
    reader,
    settings: TEST_SETTINGS,
    font: () => loadFont("sans"),
    keys: keyringOf(new Uint8Array(32).fill(7)),
    wake() {},
  };
  const world = parts as World;
  const app = devMailbox(world, { assets }, mailbox);
  const request = async (path: string, init?: RequestInit) => await app.request(path, init);
  const arrived = async () =>
    (await Array.fromAsync(store.list<InboxEntry>({ prefix: ["inbox"] }))).map(({ value }) => value);
  try {
    await body({
      world,
      arrived,
      get: (path) => request(path),
      request,
      post: (form, headers = {}) => request("/dev/mailbox/compose", { method: "POST", body: form, headers }),
    });
  } finally {
    await reader.close();
  }
}

/** A filled-in composer. */
export function form(values: Record<string, string>, file?: File): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) data.set(name, value);
  if (file) data.append("files", file);
  return data;
}

/** What stands in it. */
export const DRAFT = {
  from: "tanaka@example.co.jp",
  to: "keiyaku@bot.example.lg.jp",
  subject: "契約書",
  text: "本文です。",
};
