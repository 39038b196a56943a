import { match, ok, strictEqual as equal } from "node:assert/strict";
import { createHash } from "node:crypto";
import { executedSets } from "../../lib/flows/executed_index.ts";
import { plainPdf } from "../support/plain_pdf.ts";
import { AFTER, executedFile } from "../support/sealed_pdf.ts";
import { makeWorld, type TestWorld } from "../support/world.ts";

const STRANGER = "someone@other.example.jp";
const BOT = "keiyaku@bot.example.lg.jp";

async function inWorld(play: (service: TestWorld) => Promise<void>): Promise<void> {
  const service = await makeWorld();
  try {
    await play(service);
  } finally {
    await service.close();
  }
}

Deno.test("R39 検証 by mail, from the wire to the answer: a file on record, and one that was bent", () =>
  inWorld(async ({ world, post, mailTo, clock }) => {
    const { bytes } = await executedFile(plainPdf({}));
    clock.set(AFTER);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const event = { did: "certified", at: AFTER, sha256, size: bytes.length } as const;
    const sets = executedSets("R8-000001", { seq: 0, previous: "", hash: "", event });
    await world.store.commit({ sets });
    await post({
      from: STRANGER,
      to: BOT,
      subject: "検証",
      text: "お願いします。",
      files: [
        { filename: "契約書.pdf", content: bytes, type: "application/pdf" },
        { filename: "bent.pdf", content: bytes.with(40, bytes[40]! ^ 1) },
      ],
    });
    const { mail, entry } = await mailTo(STRANGER, "verification");
    equal(entry.caseNumber, null);
    equal(mail.headers["Auto-Submitted"], "auto-replied");
    const [, good = "", bad = ""] = mail.text.split("【検証結果】");
    match(good, /^有効です。[^]*このサービスの記録と一致します。/);
    match(bad, /^改ざんされています。[^]*このサービスの記録とは一致しません。/);
    // Nothing of the case goes to a stranger.
    ok(!mail.text.includes("R8-000001") && !mail.html.includes("R8-000001"));
    equal(mail.attachments.length, 0);
  }));

Deno.test("an automatic mail that begins with 検証 gets no answer", () =>
  inWorld(async ({ post, letters }) => {
    const headers = ["Auto-Submitted: auto-replied"];
    await post({ from: STRANGER, to: BOT, subject: "検証", text: "不在です。", headers });
    equal((await letters(STRANGER)).length, 0);
  }));
