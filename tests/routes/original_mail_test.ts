import { strictEqual as equal } from "node:assert/strict";
import { eventKey, readCase, readHistory } from "../../lib/flows/case_records.ts";
import { formMail } from "../../routes/officer/original_mail.ts";
import { testSite, Visitor } from "../support/test_site.ts";

Deno.test("R5 the mail that brought the form is saved from the page that mends it, as it came", async () => {
  const site = await testSite("opened");
  const { blobs, store } = site.world;
  const raw = "From: vendor@example.jp\r\n\r\n同意書を送ります。\r\n";
  const { sha256 } = await blobs.put(new TextEncoder().encode(raw));
  const [first] = await readHistory(store, site.number);
  const state = (await readCase(store, site.number))!.value;
  equal(first?.event.did, "opened");
  const event = { ...first.event, mail: sha256 };
  await store.commit({ sets: [[eventKey(state.number, first.seq), { ...first, event }]] });
  const path = `/o/${await site.link("officer")}`;
  const visitor = new Visitor(site.app);
  equal((await (await visitor.send(`${path}/mend`)).text()).includes(`${path}/original.eml`), true);
  const answer = await visitor.send(`${path}/original.eml`);
  equal(answer.headers.get("content-type"), "message/rfc822");
  equal(answer.headers.get("content-disposition")?.startsWith("attachment"), true);
  equal(await answer.text(), raw);
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
