import { doesNotMatch, match } from "node:assert/strict";
import type { WriterCheck } from "../../lib/domain/writer_check.ts";
import { headKey, readCase } from "../../lib/flows/case_records.ts";
import { testSite, Visitor } from "../support/test_site.ts";

/** The officer's page of a case whose form, and a later one, came by mails that were checked so. */
async function pageWith(check: WriterCheck | null, later: WriterCheck | null): Promise<string> {
  const site = await testSite("opened");
  const { value } = (await readCase(site.world.store, site.number))!;
  const proposal = {
    form: value.form!,
    mail: "",
    from: "jimu@vendor.example.jp",
    ...later && { check: later },
  };
  await site.world.store.commit({
    sets: [[headKey(site.number), { ...value, ...check && { check }, proposal }]],
  });
  return await (await new Visitor(site.app).send(`/o/${await site.link("officer")}`)).text();
}

Deno.test("the case page tells how far the writer of each mail was confirmed", async () => {
  const page = await pageWith({ vouched: true, warnings: [] }, { vouched: false, warnings: ["staff_name"] });
  match(page, /差出人の確認[\s\S]*確認済み/);
  match(page, /差出人の確認[\s\S]*未確認/);
  match(page, /差出人についてのご注意[\s\S]*職員の氏名/);
});

Deno.test("it tells nothing of what was not kept, and warns of nothing without a reason", async () => {
  doesNotMatch(await pageWith(null, null), /差出人の確認/);
  doesNotMatch(await pageWith({ vouched: false, warnings: [] }, null), /差出人についてのご注意/);
});
