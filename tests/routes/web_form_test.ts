/**
 * The web consent form says beside each field what is wrong, keeps what was written, and makes room without
 * JavaScript.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { parse } from "node-html-parser";
import { readCase } from "../../lib/flows/case_records.ts";
import { testSite, Visitor } from "../support/test_site.ts";

async function opened() {
  const site = await testSite("opened");
  const path = `/f/${await site.link("form")}`;
  const visitor = new Visitor(site.app);
  const send = async (values: Record<string, string>) => {
    const answer = await visitor.post(path, `${path}/submit`, values);
    return { status: answer.status, page: parse(await answer.text()) };
  };
  return { site, send };
}

const GOOD = {
  contractName: "清掃業務",
  company: "株式会社見本",
  "confirmer1.name": "見本 一郎",
  "confirmer1.address": "ichiro@vendor.example.jp",
};

type Page = ReturnType<typeof parse>;
const valueOf = (page: Page, name: string) => page.querySelector(`[name="${name}"]`)?.getAttribute("value");
const namesOf = (page: Page, part: string) =>
  page.querySelectorAll("input").map((input) => input.getAttribute("name") ?? "").filter((name) =>
    name.includes(part)
  );
const focusOf = (page: Page) => page.querySelectorAll("[autofocus]").map((each) => each.getAttribute("name"));

Deno.test("each fault stands beside its field, and the summary leads there", async () => {
  const { send } = await opened();
  const { status, page } = await send({
    ...GOOD,
    company: "",
    submittedOn: "あした",
    "confirmer1.address": "ichiro.vendor",
    "confirmer2.name": "見本 二郎",
    "confirmer2.address": "",
  });
  equal(status, 400);
  match(page.querySelector("title")!.text, /^エラー：/);
  const summary = page.querySelector(".note.err")!;
  ok(summary.hasAttribute("autofocus") && summary.getAttribute("tabindex") === "-1");
  const targets = summary.querySelectorAll("a").map((link) => link.getAttribute("href")!.slice(1));
  deepEqual(targets.toSorted(), [
    "company",
    "confirmer1.address",
    "confirmer2.address",
    "submittedOn",
  ]);
  for (const target of targets) {
    const field = page.getElementById(target)!;
    equal(field.getAttribute("aria-invalid"), "true");
    const described = field.getAttribute("aria-describedby")!.split(" ").map((id) =>
      page.getElementById(id)!
    );
    ok(described.some((each) => each.classList.contains("wrong") && each.text !== ""), target);
  }
  equal(page.querySelectorAll("[aria-invalid]").length, targets.length);
  equal(valueOf(page, "submittedOn"), "あした");
  equal(valueOf(page, "confirmer2.name"), "見本 二郎");
  equal(valueOf(page, "confirmer1.address"), "ichiro.vendor");
});

Deno.test("confirmers are added and taken out by buttons, and nothing that was written is lost", async () => {
  const { site, send } = await opened();
  const two = { ...GOOD, "confirmer2.name": "見本 二郎", "confirmer2.address": "jiro@vendor.example.jp" };
  const before = (await readCase(site.world.store, site.number))!.version;
  const added = await send({ ...two, change: "add-confirmer:0" });
  equal(added.status, 200);
  equal(namesOf(added.page, "confirmer").length, 6);
  deepEqual(focusOf(added.page), ["confirmer3.name"]);
  equal(valueOf(added.page, "contractName"), "清掃業務");
  const dropped = await send({ ...two, "confirmer3.name": "見本 三郎", change: "drop-confirmer:0:1" });
  equal(namesOf(dropped.page, "confirmer").length, 4);
  equal(valueOf(dropped.page, "confirmer2.name"), "見本 三郎");
  equal(dropped.page.querySelectorAll("[aria-invalid]").length, 0);
  equal((await readCase(site.world.store, site.number))!.version, before);
});

Deno.test("members come and go, and the vendor that was there stays", async () => {
  const { send } = await opened();
  const { page } = await send({ ...GOOD, members: "1", change: "add-member" });
  equal(valueOf(page, "members"), "2");
  equal(valueOf(page, "member1.company"), "株式会社見本");
  deepEqual(focusOf(page), ["member2.postalAddress"]);
  const both = {
    ...GOOD,
    members: "2",
    "member1.company": "株式会社見本",
    "member2.company": "有限会社あおば",
    "member2.confirmer1.name": "青葉",
  };
  const left = (await send({ ...both, change: "drop-member:0" })).page;
  equal(valueOf(left, "company"), "有限会社あおば");
  equal(valueOf(left, "confirmer1.name"), "青葉");
});

Deno.test("the Enter key sends, though buttons that make room stand before the button", async () => {
  const { send } = await opened();
  const { page } = await send({ ...GOOD, change: "nonsense:9:9" });
  const first = page.querySelector("form button")!;
  deepEqual([first.getAttribute("name"), first.getAttribute("tabindex")], [undefined, "-1"]);
  ok(page.querySelectorAll("button[name=change]").every((each) => each.hasAttribute("formnovalidate")));
  equal(valueOf(page, "company"), "株式会社見本");
});
