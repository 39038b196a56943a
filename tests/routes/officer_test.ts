import { match, ok, strictEqual as equal } from "node:assert/strict";
import { readCase } from "../../lib/flows/case_records.ts";
import { summaryDigest } from "../../lib/domain/rules_of_sending.ts";
import { type TestSite, testSite, Visitor } from "../support/test_site.ts";

const stateOf = async (site: TestSite) => (await readCase(site.world.store, site.number))!.value;

Deno.test("the officer sees the summary and sends it with one tap, once", async () => {
  const site = await testSite("drafted");
  const path = `/o/${await site.link("officer")}`;
  const visitor = new Visitor(site.app);
  const html = await (await visitor.send(path)).text();
  match(html, /この内容で送信する/);
  match(html, /SHA-256/);
  const digest = summaryDigest(await stateOf(site));
  equal((await visitor.post(path, `${path}/send`, { digest })).status, 400);
  equal((await visitor.post(path, `${path}/send`, { digest: "old", declared: "yes" })).status, 409);
  equal((await visitor.post(path, `${path}/send`, { digest, declared: "yes" })).status, 303);
  equal((await stateOf(site)).phase, "circulating");
  ok(!(await (await visitor.send(path)).text()).includes("この内容で送信する"));
});

Deno.test("dates that the mail did not say are asked on the page", async () => {
  const site = await testSite("drafted", { contractDate: null, term: null });
  const path = `/o/${await site.link("officer")}`;
  const visitor = new Visitor(site.app);
  const tap = { digest: summaryDigest(await stateOf(site)), declared: "yes" };
  equal((await visitor.post(path, `${path}/send`, tap)).status, 400);
  const dates = { contractDate: "2026-12-01", termFrom: "2026-12-01", termTo: "2027-03-31" };
  equal((await visitor.post(path, `${path}/send`, { ...tap, ...dates })).status, 303);
  equal((await stateOf(site)).draft?.contractDate, "2026-12-01");
});

Deno.test("each act of the officer needs what it asks for and does it", async () => {
  const site = await testSite("asked");
  const path = `/o/${await site.link("officer")}`;
  const visitor = new Visitor(site.app);
  equal((await visitor.post(path, `${path}/resend`)).status, 303);
  equal((await stateOf(site)).parties[0]?.issue, 2);
  equal((await visitor.post(path, `${path}/code`, { code: "あいことば" })).status, 303);
  ok((await stateOf(site)).draft?.accessCode);
  equal((await visitor.post(path, `${path}/withdraw`)).status, 400);
  equal((await visitor.post(path, `${path}/withdraw`, { reason: "訂正のため" })).status, 303);
  equal((await stateOf(site)).phase, "withdrawn");
  match(await (await visitor.send(path)).text(), /訂正のため/);
});

Deno.test("a misread form is mended, a case handed on", async () => {
  const site = await testSite("opened");
  const path = `/o/${await site.link("officer")}`;
  const visitor = new Visitor(site.app);
  const values = {
    company: "株式会社直し",
    contractName: "直した契約",
    "confirmer1.name": "直 一郎",
    "confirmer1.address": "ＩＣＨＩＲＯ@vendor.example.jp",
  };
  equal((await visitor.post(`${path}/mend`, `${path}/mend`, values)).status, 303);
  const { form } = await stateOf(site);
  equal(form?.vendors[0]?.company, "株式会社直し");
  equal(form?.vendors[0]?.confirmers[0]?.address, "ICHIRO@vendor.example.jp");
  equal((await visitor.post(path, `${path}/hand`, { department: "nobody" })).status, 400);
  equal((await visitor.post(path, `${path}/hand`, { department: "zaisan" })).status, 303);
  equal((await stateOf(site)).departmentId, "zaisan");
});

Deno.test("an uploaded PDF becomes the draft; what is no PDF is named", async () => {
  const site = await testSite("opened");
  const path = `/o/${await site.link("officer")}`;
  const visitor = new Visitor(site.app);
  const upload = async (content: Uint8Array<ArrayBuffer>) => {
    const form = new FormData();
    form.append("guard", await visitor.guard(path, `${path}/upload`));
    form.append("contractDate", "令和8年12月1日");
    form.append("pdf", new File([content], "契約書.pdf", { type: "application/pdf" }));
    return await visitor.send(`${path}/upload`, { method: "POST", body: form });
  };
  const refused = await upload(new TextEncoder().encode("no pdf"));
  equal(refused.status, 400);
  match(await refused.text(), /契約書\.pdf.*PDFファイルではありません/s);
  equal((await upload(new Uint8Array(site.pdf.subarray(0, -9)))).status, 303);
  const { draft } = await stateOf(site);
  equal(draft?.documents[0]?.name, "契約書.pdf");
  equal(draft?.contractDate, "2026-12-01");
});

Deno.test("the vendor completes the form or wishes for paper", async () => {
  const site = await testSite("opened");
  const path = `/f/${await site.link("form")}`;
  const visitor = new Visitor(site.app);
  const rejected = await visitor.post(path, `${path}/submit`, { company: "株式会社見本" });
  equal(rejected.status, 400);
  match(await rejected.text(), /「契約名」が空欄です/);
  const values = {
    company: "株式会社見本",
    contractName: "契約",
    "confirmer1.name": "見本",
    "confirmer1.address": "a@vendor.example.jp",
  };
  equal((await visitor.post(path, `${path}/submit`, values)).status, 303);
  equal((await stateOf(site)).proposal?.form.contractName, "契約");
  equal((await visitor.post(path, `${path}/paper`)).status, 400);
  equal((await visitor.post(path, `${path}/paper`, { sure: "yes" })).status, 303);
  equal((await stateOf(site)).phase, "paper");
});
