import { match, ok, strictEqual as equal } from "node:assert/strict";
import { buildPages } from "../../lib/tasks/build.ts";
import { makeApp } from "../../routes/app.ts";
import { makeWorld } from "../support/world.ts";

const FORMS = new URL("../fixtures/forms/", import.meta.url);
const OFFICER = "officer@pref.example.lg.jp";

Deno.test("R5 the officer holds what was read against the form as it came: pages of a PDF, places in a workbook", async () => {
  const service = await makeWorld();
  const app = makeApp(service.world, {
    assets: await buildPages(),
    trustedProxies: [],
    ready: () => Promise.resolve([]),
  });
  const pageOf = async (filename: string) => {
    service.clock.advance(60_000);
    const content = await Deno.readFile(new URL(filename, FORMS));
    await service.post({
      // Another vendor each time: the same one's second form would be a proposal.
      from: `${filename.slice(0, 2)}@shop.example.jp`,
      to: "keiyaku+bukken@bot.example.lg.jp",
      subject: `同意書の提出 ${filename}`,
      text: "同意書をお送りします。",
      files: [{ filename, content }],
    });
    const path = `/o/${(await service.mailTo(OFFICER, "case-notice")).token("/o/")}`;
    const html = await (await app.request(`${path}/form`)).text();
    const saved = await (await app.request(`${path}/original/1`)).bytes();
    equal(saved.length, content.length);
    return { path, html };
  };
  try {
    const pdf = await pageOf("P_A1_goods_2conf.pdf");
    match(pdf.html, /読み取った内容.*届いた同意書.*P_A1_goods_2conf\.pdf/s);
    ok(pdf.html.includes(`${pdf.path}/original/1/pages/1.png`));
    match(pdf.html, /読み取った値と場所（\d+件）/);
    const image = await app.request(`${pdf.path}/original/1/pages/1.png?w=828`);
    match(image.headers.get("content-type") ?? "", /^image\//);
    ok((await image.bytes()).length > 5_000);
    const xlsx = await pageOf("X1_goods.xlsx");
    match(xlsx.html, /<dt>契約名<br ?\/?>[^<]*セル [A-Z]+\d+<\/dt>/);
    ok(!xlsx.html.includes("/pages/"));
    equal((await app.request(`${xlsx.path}/original/1/pages/1.png`)).status, 404);
  } finally {
    await service.close();
  }
});
