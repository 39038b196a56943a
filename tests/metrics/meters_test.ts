/** Figures as text, and what meters keep. */
import { ok, strictEqual as equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { exposition } from "../../lib/metrics/exposition.ts";
import { Counter, Histogram } from "../../lib/metrics/meters.ts";
import { readExposition } from "../support/read_exposition.ts";

const read = (...meters: readonly { family(): Parameters<typeof exposition>[0][number] }[]) =>
  readExposition(exposition(meters.map((meter) => meter.family())));

const counter = () => new Counter({ name: "warifu_things_total", help: "Things.", labels: ["kind", "end"] });

Deno.test("a counter counts by labels", () => {
  const things = counter();
  things.add("a", "good");
  things.add("a", "good");
  things.add("a", "bad");
  const { values, types } = read(things);
  equal(types.get("warifu_things_total"), "counter");
  equal(values.get('warifu_things_total{kind="a",end="good"}'), 2);
  equal(values.get('warifu_things_total{kind="a",end="bad"}'), 1);
});

Deno.test("a histogram's buckets hold all below them, their ends included", () => {
  const times = new Histogram({ name: "warifu_time_seconds", help: "Time.", labels: ["kind"] }, [0.1, 1]);
  for (const seconds of [0.05, 0.1, 0.5, 7]) times.observe(seconds, "a");
  const { values } = read(times);
  equal(values.get('warifu_time_seconds_bucket{kind="a",le="0.1"}'), 2);
  equal(values.get('warifu_time_seconds_bucket{kind="a",le="1"}'), 3);
  equal(values.get('warifu_time_seconds_bucket{kind="a",le="+Inf"}'), 4);
  equal(values.get('warifu_time_seconds_count{kind="a"}'), 4);
  ok(Math.abs((values.get('warifu_time_seconds_sum{kind="a"}') ?? 0) - 7.65) < 1e-9);
});

Deno.test("however many labels come, few are kept, and nothing goes uncounted", () => {
  const things = counter();
  for (let index = 0; index < 5_000; index++) things.add(`kind ${index}`, "good");
  const { values } = read(things);
  ok(values.size <= 501, `${values.size} series`);
  equal([...values.values()].reduce((sum, value) => sum + value, 0), 5_000);
  equal(values.get('warifu_things_total{kind="other",end="other"}'), 4_500);
});

Deno.test("whatever a label says, the text can be read, and says it", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const labels = { text };
    const family = { name: "x", help: text, type: "gauge", samples: [{ labels, value: 1 }] } as const;
    const [series = ""] = readExposition(exposition([{ ...family, help: "X." }])).values.keys();
    equal(series.slice(8, -2).replace(/\\(.)/g, (_, c) => c === "n" ? "\n" : c), text);
    ok(exposition([family]).split("\n").length === 4);
  }));
});

Deno.test("a collector's reader refuses what is not of the format", () => {
  for (
    const text of ["a 1", "# TYPE a gauge\na one\n", "# TYPE a gauge\nb 1\n", '# TYPE a gauge\na{x="y} 1\n']
  ) {
    throws(() => readExposition(text), SyntaxError);
  }
});
