import { match, ok, strictEqual as equal } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { eventKey, readHistory } from "../../lib/flows/case_records.ts";
import { formMail } from "../../lib/flows/original_form.ts";
import { FORM } from "../support/sample_case.ts";
import { testSite, Visitor } from "../support/test_site.ts";

/** A case whose form came with this mail, as the reader of the paper world takes it apart; null for no such mail. */
async function siteWithMail(mail: object | null) {
  const site = await testSite("opened");
  const { blobs, store } = site.world;
  const raw = JSON.stringify({ text: "", newText: "", attachments: [], ...mail });
  const { sha256 } = mail ? await blobs.put(Buffer.from(raw)) : { sha256: "0".repeat(64) };
  const [first] = await readHistory(store, site.number);
  const event = { ...first!.event, mail: sha256 };
  await store.commit({ sets: [[eventKey(site.number, first!.seq), { ...first!, event }]] });
  const path = `/o/${await site.link("officer")}`;
  const visitor = new Visitor(site.app);
  const look = async (below: string) => await (await visitor.send(path + below)).text();
  const put = async (filename: string, contentType: string, content: string) => {
    const { sha256: blob, size } = await blobs.put(Buffer.from(content));
    return { filename, contentType, size, blob };
  };
  return { site, raw, path, visitor, look, put };
}

Deno.test("R5 the mail that brought the form is saved from the pages that show it, as it came", async () => {
  const { raw, path, visitor, look } = await siteWithMail({ text: "同意書を送ります。" });
  for (const page of ["/mend", "/form"]) {
    const html = await look(page);
    ok(html.includes(`${path}/original.eml`), page);
    match(html, /同意書を送ります。/);
    match(html, /文書管理システム保守業務委託/);
  }
  const answer = await visitor.send(`${path}/original.eml`);
  equal(answer.headers.get("content-type"), "message/rfc822");
  equal(answer.headers.get("content-disposition")?.startsWith("attachment"), true);
  equal(await answer.text(), raw);
});

Deno.test("R5 the files of the mail stand beside what was read; only a PDF is shown in the browser", async () => {
  const { put } = await siteWithMail(null);
  const files = [
    await put("同意書.docx", "application/octet-stream", JSON.stringify(FORM)),
    await put("<b>案内.html", "text/html", "<script>alert(1)</script>"),
    await put("会社案内.pdf", "application/pdf", "%PDF-1.4"),
  ];
  const { site, path, visitor, look } = await siteWithMail({ attachments: files });
  for (
    const { content } of [{ content: JSON.stringify(FORM) }, { content: "<script>alert(1)</script>" }, {
      content: "%PDF-1.4",
    }]
  ) {
    await site.world.blobs.put(Buffer.from(content));
  }
  const html = await look("/form");
  match(html, /href="[^"]+\/original\/1">同意書\.docx/);
  ok(html.includes("&lt;b>案内.html") && !html.includes("<b>案内"));
  const heads = await Promise.all([1, 2, 3, 4].map(async (place) => {
    const answer = await visitor.send(`${path}/original/${place}`);
    await answer.body?.cancel();
    return [
      answer.status,
      answer.headers.get("content-type"),
      answer.headers.get("content-disposition")?.split(";")[0],
    ]
      .join(" ");
  }));
  equal(
    heads.slice(0, 3).join("\n"),
    [
      "200 application/octet-stream attachment",
      "200 application/octet-stream attachment",
      "200 application/pdf inline",
    ].join("\n"),
  );
  match(heads[3] ?? "", /^404/);
  equal((await visitor.send(`${path}/original/1/pages/1.png`)).status, 404);
});

Deno.test("a mail that can't be taken apart is there to be saved all the same", async () => {
  const { look } = await siteWithMail(null);
  match(await look("/mend"), /画面に表示できませんでした。届いたメールを保存して/);
});

Deno.test("R7 a proposed form's mail counts once the form is accepted", async () => {
  const site = await testSite("opened");
  const [opened] = await readHistory(site.world.store, site.number);
  const entry = (event: object) => ({ ...opened!, event }) as typeof opened & object;
  const proposed = entry({ did: "formProposed", mail: "b".repeat(64) });
  equal(formMail([opened!, proposed]), opened?.event.did === "opened" ? opened.event.mail : null);
  equal(formMail([opened!, proposed, entry({ did: "formAccepted" })]), "b".repeat(64));
  equal(formMail([]), null);
});
