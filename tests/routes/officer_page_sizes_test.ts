import { ok, strictEqual as equal } from "node:assert/strict";
import type { PageRenderer } from "../../lib/ports.ts";
import { listLink } from "../support/many_cases.ts";
import { OFFICER } from "../support/sample_case.ts";
import { testSite } from "../support/test_site.ts";

const MAX_HTML = 30_000;
const PAGES = 100;

/** Says of every document that it has a hundred pages full of text. */
const longRenderer: PageRenderer = {
  pages: () => Promise.resolve(Array.from({ length: PAGES }, () => ({ width: 595, height: 842 }))),
  png: () => Promise.resolve(new Uint8Array(1)),
  image: () => Promise.resolve({ type: "image/png", bytes: new Uint8Array(1) }),
  text: () =>
    Promise.resolve("甲及び乙は、日本国の法令を遵守し、この契約を履行しなければならない。\n".repeat(30)),
  close: () => Promise.resolve(),
};

const further = Array.from({ length: 19 }, (_, index) => ({
  name: `令和８年度北部地域道路維持管理業務委託に関する覚書（その${index + 1}）.pdf`,
  bytes: new TextEncoder().encode(`document ${index}`),
  pages: PAGES,
}));

Deno.test("the officer's pages stay within 30 KB, with twenty documents of a hundred pages each", async () => {
  for (const chapter of ["drafted", "asked", "completed"] as const) {
    const site = await testSite(chapter, {}, { renderer: longRenderer }, further);
    const list = `/o/${await listLink(site.world, "officer", OFFICER.address)}`;
    const path = `${list}/cases/${site.number}`;
    for (
      const below of [
        "",
        "/view?d=20",
        "/view?d=20&from=49",
        "/view?d=20&text=1",
        "/form",
        "/mend",
        "/history",
      ]
    ) {
      const answer = await site.app.request(path + below);
      equal(answer.status, 200, below);
      const bytes = (await answer.bytes()).length;
      ok(bytes <= MAX_HTML, `${chapter} ${below}: ${bytes} bytes`);
    }
  }
});
