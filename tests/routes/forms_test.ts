import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { loadFont } from "../../lib/adapters/fonts.ts";
import { FORM_KINDS } from "../../lib/domain/consent_form.ts";
import { readConsent } from "../../lib/forms/read_consent.ts";
import { TEST_SETTINGS } from "../support/test_settings.ts";
import { testSite } from "../support/test_site.ts";

Deno.test("the page leads to every file, and each is a form that the service itself understands", async () => {
  const { app } = await testSite("opened", {}, { font: () => loadFont("sans") });
  const html = await (await app.request("/forms")).text();
  match(html, /電子契約同意書の様式/);
  ok(html.includes(TEST_SETTINGS.bot.address));
  const paths = [...html.matchAll(/href="(\/forms\/[^"]+)"/g)].map(([, path]) => path!);
  const endings = ["pdf", "docx", "xlsx"];
  deepEqual(paths, FORM_KINDS.flatMap((kind) => endings.map((ending) => `/forms/${kind}.${ending}`)));
  for (const path of paths) {
    const response = await app.request(path);
    equal(response.status, 200);
    match(response.headers.get("content-disposition") ?? "", /^attachment/);
    const content = await response.bytes();
    const reading = await readConsent({ files: [{ filename: path.slice(1), content }], text: "" });
    equal(reading.read && `/forms/${reading.form.kind}`, path.slice(0, path.indexOf(".")));
    deepEqual(await (await app.request(path)).bytes(), content);
  }
});

Deno.test("other forms are not there", async () => {
  const { app } = await testSite("opened");
  for (
    const name of [
      "goods-services",
      "goods-services.exe",
      "construction.doc",
      "services.pdf",
      "goods-services.toString",
    ]
  ) {
    equal((await app.request(`/forms/${name}`)).status, 404, name);
  }
});

Deno.test("a file that could not be made is made when it is asked for again", async () => {
  let asked = 0;
  const font = () => asked++ === 0 ? Promise.reject(new TypeError("no font yet")) : loadFont("sans");
  const { app } = await testSite("opened", {}, { font });
  equal((await app.request("/forms/goods-services.pdf")).status, 500);
  equal((await app.request("/forms/goods-services.pdf")).status, 200);
});
