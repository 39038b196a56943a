/**
 * Who can cause what by mail: every kind of writer does everything that mail can be written for, once where mail
 * is only observed and once where officers' domains must vouch for it. Real bytes, real signatures.
 */
import { deepStrictEqual as deepEqual } from "node:assert/strict";
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import { readCase, readHistory } from "../../lib/flows/case_records.ts";
import { type InboxEntry, receiveMail } from "../../lib/flows/receive_mail.ts";
import type { World } from "../../lib/flows/world.ts";
import { caseAddress } from "../../lib/mail/bot_address.ts";
import { type MailWriter, WRITERS, WRITERS_ZONE, writtenBy } from "../support/mail_writers.ts";
import { putCase } from "../support/put_case.ts";
import { askedWith, FORM, opened } from "../support/sample_case.ts";
import { makeWorld, type TestWorld } from "../support/world.ts";

const FIXTURES = new URL("../fixtures/", import.meta.url);
const BOT = "keiyaku@bot.example.lg.jp";

/** What may be caused, and by what letter it stands in the table; where it is not caused, a dash does. */
const ACTS = {
  o: "open a case",
  p: "propose a form",
  c: "hand a contract in",
  r: "have a fresh request sent to whoever is awaited",
  x: "withdraw a case",
  l: "learn about a contract",
  s: "stop one",
};

type Row = { readonly observe: string; readonly enforce: string };
const both = (row: string): Row => ({ observe: row, enforce: row });

/** An address taken at its word gives a forger nothing but what goes to the officer or waits for the officer's tap. */
const TABLE: Readonly<Record<keyof typeof WRITERS, Row>> = {
  "vendor": both("op-----"),
  "officer": both("opcr-l-"),
  "officer, unsigned, from the host of the domain": both("opcr-l-"),
  "officer of another department": both("o------"),
  "approver": both("op-----"),
  "stranger": both("op-----"),
  "spoofed officer, unsigned": { observe: "opcr---", enforce: "-------" },
  "spoofed officer, signed by another": { observe: "opcr---", enforce: "-------" },
  "officer's name, another address": both("op-----"),
  "forwarder of an officer's mail": both("opcr---"),
  "bounce": both("-------"),
  "the bot itself": both("-------"),
};

/** On the case themselves: what they learn about it is theirs to know. */
const MAY_KNOW: readonly string[] = ["vendor", "approver"];

const STOPS: readonly CaseEvent["did"][] = [
  "declined",
  "formRefused",
  "paperWished",
  "handedOn",
  "withdrawn",
];

/** Cases of one writer, and what was written about them. */
type Trial = {
  readonly writer: MailWriter;
  readonly raw: string;
  readonly intake: string;
  readonly drafting: string;
  readonly asked: string;
};

/** Forms of several contracts: a second one of the same contract from the same address is no new case (R7). */
const FORMS = [
  "A1_goods_2conf",
  "A2_works_3conf",
  "A3_goods_1conf",
  "A4_works_2conf_splitruns",
  "B1_goods_colon",
  "B2_works_jv",
];

/** How many writers before this one write from the same address. */
function sameBefore(index: number): number {
  const all = Object.values(WRITERS);
  return all.slice(0, index).filter(({ from }) => from === all[index]?.from).length;
}

const numbered = (events: readonly CaseEvent[], number: string): CaseEvent[] =>
  events.map((event) => event.did === "opened" ? { ...event, number } : event);

async function hand(world: World, writer: MailWriter, to: string, mail: { text: string; file?: string }) {
  const files = mail.file === undefined ? [] : [{
    filename: mail.file.slice(mail.file.indexOf("/") + 1),
    content: await Deno.readFile(new URL(mail.file, FIXTURES)),
  }];
  const raw = await writtenBy(writer, { to, subject: mail.text.slice(0, 20), text: mail.text, files });
  const { clientIp = "198.51.100.9" } = writer;
  const transport = { door: "smtp", clientIp, helo: "mx.example", encrypted: true } as const;
  const envelope = { from: writer.envelope, to: [to] };
  await receiveMail(world, { envelope, content: new Blob([raw]).stream(), transport });
  return (await world.blobs.put(raw)).sha256;
}

async function begin({ world }: TestWorld, writer: MailWriter, index: number): Promise<Trial> {
  const at = (place: number) => `R8-${900_000 + index * 10 + place}`;
  const [intake, drafting, asked] = await Promise.all([
    putCase(world.store, numbered(opened, at(1))),
    putCase(world.store, numbered(opened, at(2))),
    putCase(world.store, numbered(askedWith(), at(3))),
  ]);
  const mailTo = (number: string) => caseAddress(BOT, number, world.keys);
  const form = `forms/${FORMS[sameBefore(index)]}.docx`;
  const raw = await hand(world, writer, BOT, { text: "同意書を送ります。", file: form });
  await hand(world, writer, mailTo(intake), { text: "同意書の訂正です。", file: form });
  await hand(world, writer, mailTo(drafting), {
    text: "契約書です。",
    file: "contracts/keiyakusho_buppin.pdf",
  });
  for (const text of ["再送", "取消 間違いのため", "状況", "同意しません。契約を中止してください。"]) {
    await hand(world, writer, mailTo(asked), { text });
  }
  return { writer, raw, intake, drafting, asked };
}

async function fateOf({ store }: World, raw: string): Promise<string | undefined> {
  for await (const { value } of store.list<InboxEntry>({ prefix: ["inbox"] })) {
    if (value.raw === raw) return value.fate;
  }
  return undefined;
}

/** Which acts took place, in the letters of the table. */
async function causedIn({ world, letters }: TestWorld, trial: Trial): Promise<string> {
  const didIn = async (number: string, before: number) =>
    (await readHistory(world.store, number)).slice(before).map(({ event }) => event.did);
  const asked = await didIn(trial.asked, askedWith().length);
  const awaited = (await readCase(world.store, trial.asked))!.value;
  const read = await letters(trial.writer.reads);
  const caused: Record<keyof typeof ACTS, boolean> = {
    o: await fateOf(world, trial.raw) === "opened",
    p: (await didIn(trial.intake, 1)).includes("formProposed"),
    c: (await didIn(trial.drafting, 1)).includes("drafted"),
    r: asked.includes("requested"),
    x: asked.includes("withdrawn"),
    l: read.some(({ entry, mail }) =>
      entry.caseNumber === trial.asked && mail.text.includes(FORM.contractName)
    ),
    s: asked.some((did) => STOPS.includes(did)) || awaited.phase !== "circulating",
  };
  return Object.entries(caused).map(([letter, done]) => done ? letter : "-").join("");
}

for (const mode of ["observe", "enforce"] as const) {
  Deno.test(`who can cause what by mail, where MAIL_AUTH is ${mode}`, async () => {
    const service = await makeWorld({ zone: WRITERS_ZONE, overrides: { mailAuth: mode } });
    try {
      const trials: [string, Trial][] = [];
      for (const [index, [name, writer]] of Object.entries(WRITERS).entries()) {
        trials.push([name, await begin(service, writer, index)]);
      }
      await service.drain();
      const found: Record<string, string> = {};
      const expected: Record<string, string> = {};
      for (const [name, trial] of trials) {
        const known = (row: string) => MAY_KNOW.includes(name) ? row.replace("l", "-") : row;
        found[name] = known(await causedIn(service, trial));
        expected[name] = TABLE[name as keyof typeof TABLE][mode];
      }
      deepEqual(found, expected);
    } finally {
      await service.close();
    }
  });
}
