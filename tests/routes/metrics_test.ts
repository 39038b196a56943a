/** `/metrics`: who may read it, what it tells, and that no path makes a label. */
import { ok, strictEqual as equal } from "node:assert/strict";
import { makeApp } from "../../routes/app.ts";
import { processFigures, processSeconds } from "../../lib/adapters/process_figures.ts";
import { ServiceMeters } from "../../lib/flows/service_meters.ts";
import { buildPages } from "../../lib/tasks/build.ts";
import { paperWorld } from "../support/paper_world.ts";
import { readExposition } from "../support/read_exposition.ts";

const assets = await buildPages();

function site() {
  const { world } = paperWorld();
  const meters = new ServiceMeters(processSeconds);
  const app = makeApp(world, {
    assets,
    trustedProxies: ["10.0.0.0/8"],
    ready: () => Promise.resolve([]),
    metrics: { meters, figures: processFigures("development") },
  });
  const ask = async (path: string, headers: Record<string, string> = {}, hostname = "127.0.0.1") =>
    await app.request(`http://localhost:8000${path}`, { headers }, { remoteAddr: { hostname } });
  return { app, ask, figures: async () => readExposition(await (await ask("/metrics")).text()) };
}

Deno.test("this machine may read the figures", async () => {
  const { ask, figures } = site();
  const answer = await ask("/metrics");
  equal(answer.status, 200);
  equal(answer.headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  await answer.text();
  equal((await ask("/metrics", {}, "::1")).status, 200);
  const { values } = await figures();
  ok((values.get("process_resident_memory_bytes") ?? 0) > 1_000_000);
  ok((values.get("process_uptime_seconds") ?? 0) > 0);
  equal(values.get(`warifu_build_info{mode="development",deno="${Deno.version.deno}"}`), 1);
});

Deno.test("nobody else finds anything there, and it looks as any unknown path", async () => {
  const { app, ask } = site();
  const unknown = await (await ask("/nowhere")).text();
  const answers = [
    await ask("/metrics", {}, "192.0.2.1"),
    await ask("/metrics", {}, "10.0.0.5"),
    await ask("/metrics", {}, "127.0.0.1.example"),
    await ask("/metrics", { "x-forwarded-for": "127.0.0.1" }),
    await ask("/metrics", { forwarded: "for=192.0.2.1" }),
    await ask("/metrics", { via: "1.1 proxy" }),
    await app.request("http://localhost:8000/metrics"),
    await app.request("http://keiyaku.example.jp/metrics", {}, { remoteAddr: { hostname: "127.0.0.1" } }),
  ];
  for (const answer of answers) {
    equal(answer.status, 404);
    equal(await answer.text(), unknown);
  }
});

Deno.test("answers are counted by pattern and status", async () => {
  const { ask, figures } = site();
  for (let times = 0; times < 3; times++) await (await ask("/terms")).text();
  const { values } = await figures();
  equal(values.get('warifu_http_requests_total{route="/terms",status="2xx"}'), 3);
  equal(values.get('warifu_http_request_seconds_count{route="/terms"}'), 3);
});

Deno.test("hostile paths and tokens make no labels", async () => {
  const { ask, app, figures } = site();
  const secret = "S".repeat(51);
  for (let index = 0; index < 50; index++) {
    for (
      const path of [`/x${index}`, `/c/${secret}`, `/o/t${index}/y`, `/static/${index}"}`, `/%0a${index}`]
    ) {
      await (await ask(path)).text();
    }
    await (await app.request("/terms", { method: `M${index}` })).text();
  }
  const { values } = await figures();
  const series = [...values.keys()].filter((name) => name.startsWith("warifu_http_requests_total"));
  ok(series.length < 10, series.join("\n"));
  ok(series.every((name) => !name.includes("SSS") && !name.includes("x7")), series.join("\n"));
  ok((values.get('warifu_http_requests_total{route="none",status="4xx"}') ?? 0) >= 150, series.join("\n"));
});
