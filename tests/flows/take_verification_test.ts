import {
  deepStrictEqual as deepEqual,
  doesNotMatch,
  match,
  ok,
  strictEqual as equal,
} from "node:assert/strict";
import { letterFor } from "../../lib/flows/letter_facts.ts";
import { asksForVerification } from "../../lib/flows/take_verification.ts";
import { paperWorld } from "../support/paper_world.ts";
import { plainPdf } from "../support/plain_pdf.ts";
import { OFFICER } from "../support/sample_case.ts";
import { AFTER, devRoots, executedFile, sealedFile } from "../support/sealed_pdf.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const STRANGER = "hanako@elsewhere.example.jp";
const REASON =
  "見本 一郎（ichiro@vendor.example.jp）が2026年11月24日 10:00:00 JSTに同意、認証方法：メール認証";

/** A desk that has the development root for a trusted one, and writes the letters it owes. */
async function desk() {
  const paper = paperWorld();
  paper.clock.set(AFTER);
  const world = { ...paper.world, trustRoots: await devRoots() };
  const write = async () => {
    const [order] = await paper.orders();
    equal(order?.letter, "verification");
    return (await letterFor(world, order!, null))!.letter;
  };
  const send = (files: readonly Bytes[], mail: { subject?: string; text?: string; from?: string } = {}) =>
    paper.post({
      from: STRANGER,
      subject: "検証",
      files: files.map((content, index) => ({ filename: `契約書${index + 1}.pdf`, content })),
      ...mail,
    });
  return { ...paper, write, send };
}

const signed = async () => {
  const file = await sealedFile(plainPdf({}));
  await file.sign("Confirmer1", { timestamp: true, reason: REASON });
  return file.bytes;
};

Deno.test("R39 the word counts at the beginning of the subject or of the new text, and nowhere else", () => {
  const asks = (subject: string, newText = "") => asksForVerification({ subject, newText });
  for (
    const yes of ["検証", "検証 契約書", "検証をお願いします", "検証してください。", "検証依頼", "　検証\n"]
  ) ok(asks(yes), yes);
  ok(asks("契約書について", "検証\nよろしくお願いします。"));
  for (const no of ["検証業務委託契約書", "電子署名の検証", "検証済みです", ""]) ok(!asks(no), no);
});

Deno.test("R39 anyone who mails a PDF with 検証 gets a report: who, when, what, proven how, changed or not", async () => {
  const { send, write } = await desk();
  equal((await send([await signed()])).fate, "answered");
  const { subject, text, html } = await write();
  match(subject, /電子署名の検証結果/);
  match(text, /【検証結果】有効です。/);
  match(text, /誰が.*見本 一郎（ichiro@vendor\.example\.jp）/);
  match(text, /いつ.*2026年11月24日 10:00:00 JST/);
  match(text, /何を.*同意/);
  match(text, /認証方法.*メール認証/);
  match(text, /署名のタイムスタンプによる証明/);
  match(text, /改ざん.*ありません（対象：ファイル全体）/);
  match(text, /記録との一致.*このサービスの記録とは一致しません/);
  match(html, /検証結果/);
});

Deno.test("R39 the answer goes to the writer, an officer's as well, whatever the mail is about", async () => {
  for (const from of [STRANGER, OFFICER.address]) {
    const { send, orders } = await desk();
    await send([await signed()], { from });
    deepEqual((await orders()).map(({ letter, to }) => [letter, to]), [["verification", from]]);
  }
});

Deno.test("R39 a file that was tampered with is named as such, with what to do, each file by itself", async () => {
  const { send, write } = await desk();
  const good = (await executedFile(plainPdf({}))).bytes;
  const bad = good.slice();
  bad[40]! ^= 1;
  await send([good, bad, new TextEncoder().encode("%PDF-1.7\nnothing")]);
  const { text } = await write();
  const parts = text.split("【検証結果】").slice(1);
  equal(parts.length, 3);
  match(parts[0]!, /^有効です/);
  match(parts[1]!, /^改ざんされています[^]*【次にすること】/);
  match(parts[2]!, /^PDFとして読み取れません/);
});

Deno.test("nobody sends words of their own through a file that no trusted signature vouches for", async () => {
  const { world, ...paper } = await desk();
  const file = await sealedFile(plainPdf({}));
  await file.sign("BuyNow", { reason: "https://evil.example へ" });
  await paper.send([file.bytes]);
  const [order] = await paper.orders();
  // Trusted is nobody here.
  const { text, html } = (await letterFor({ ...world, trustRoots: [] }, order!, null))!.letter;
  doesNotMatch(text + html, /evil|BuyNow/);
  match(text, /確かめられないため、表示しません/);
});

Deno.test("R39 without a PDF the answer says how to ask", async () => {
  const { send, write } = await desk();
  await send([]);
  const { subject, text } = await write();
  match(subject, /検証するPDFファイルのお願い/);
  match(text, /PDFファイルを添付して、もう一度お送りください/);
});

Deno.test("more than five PDFs, too large ones and other files are named, not verified", async () => {
  const { post, orders, world, write } = await desk();
  const most = world.settings.limits.maxPdfBytes + (4 << 20);
  const small = plainPdf({});
  const pdfs = Array.from({ length: 6 }, (_, index) => ({ filename: `${index}.pdf`, content: small }));
  const huge = { filename: "huge.pdf", content: new Uint8Array(most + 1) };
  await post({
    from: STRANGER,
    subject: "検証",
    files: [...pdfs, huge, { filename: "a.docx", content: "x" }],
  });
  const [order] = await orders();
  equal(order?.about && "verify" in order.about && order.about.verify.length, 5);
  const { text } = await write();
  match(text, /残りの1件は、分けてお送りください/);
  match(text, /MBを超えるファイル1件/);
  match(text, /PDFでない添付ファイル1件/);
  equal(text.split("電子署名がありません。").length - 1, 5);
});

Deno.test("an address has a share of verifications a day; beyond it mails are kept", async () => {
  const { send, orders } = await desk();
  for (let count = 0; count < 31; count++) await send([], { text: `${count}` });
  equal((await orders()).length, 30);
});
