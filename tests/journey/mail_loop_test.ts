/**
 * A machine that answers whatever it gets, and says nowhere that it is one, must not keep the service writing.
 */
import { notStrictEqual as notEqual, ok, strictEqual as equal } from "node:assert/strict";
import { automaticReason } from "../../lib/mail/automatic.ts";
import { headerOf } from "../../lib/mail/header_fields.ts";
import { paperWorld } from "../support/paper_world.ts";
import { OFFICER } from "../support/sample_case.ts";
import { vendorOf } from "../support/vendors.ts";
import { type Letter, makeWorld, type TestWorld } from "../support/world.ts";

const BOT = "keiyaku@bot.example.lg.jp";
const MACHINE = "uketsuke@machine.example.jp";

/** Rounds after which a loop counts as one without end. */
const MAX_ROUNDS = 400;

/** Lets a machine answer each letter that it gets, once; how many it got when the service fell silent. */
async function talk(
  { letters, post }: TestWorld,
  machine: string,
  answer: (round: number, letter: Letter | null) => string,
): Promise<number> {
  await post({ from: machine, to: BOT, subject: "お問い合わせ", text: answer(0, null) });
  let answered = 0;
  for (let round = 1; round < MAX_ROUNDS; round++) {
    const next = (await letters(machine))[answered];
    if (next === undefined) return answered;
    answered++;
    await post({
      from: machine,
      to: next.mail.replyTo ?? next.mail.from.address,
      subject: `Re: ${next.mail.subject}`,
      inReplyTo: next.mail.messageId,
      text: answer(round, next),
    });
  }
  throw new Error("Cannot end: the machines still write to each other");
}

const MACHINES: readonly (readonly [string, number, (round: number) => string])[] = [
  ["confirms each mail", 1, (round) => `受付番号 ${round} でお問い合わせを受け付けました。`],
  ["sends the same form again and again", 61, (round) => `${vendorOf(round).form}\n連絡 ${round}`],
  ["asks for verification", 30, (round) => `検証\n${round}`],
];

for (const [what, most, answer] of MACHINES) {
  Deno.test(`a machine that ${what} gets an end`, async () => {
    const service = await makeWorld();
    try {
      const got = await talk(service, MACHINE, answer);
      ok(got >= 1 && got <= most, `${got} letters`);
    } finally {
      await service.close();
    }
  });
}

Deno.test("a machine at an officer's address gets an end as well", async () => {
  const { post, orders } = paperWorld();
  const mail = { from: OFFICER.address, subject: "自動で受け付けました" };
  for (let n = 0; n < 300; n++) equal((await post({ ...mail, text: `${n}` })).fate, "answered");
  equal((await post({ ...mail, text: "300" })).fate, "unanswerable");
  equal((await orders()).length, 300);
});

Deno.test("nothing that the service writes would be answered by another of its kind", async () => {
  const service = await makeWorld();
  try {
    const form = String(vendorOf(1).form);
    await service.post({ from: MACHINE, to: BOT, subject: "同意書", text: form });
    const kept = await service.mailbox.kept();
    notEqual(kept.length, 0);
    for (const { id } of kept) {
      const { mail } = (await service.mailbox.letter(id))!;
      const header = Object.entries(mail.headers).map(([name, value]) => `${name}: ${value}`).join("\n");
      equal(automaticReason(headerOf(header), mail.from.address, mail.subject), "auto-submitted");
    }
  } finally {
    await service.close();
  }
});
