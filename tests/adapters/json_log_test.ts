import { deepStrictEqual as deepEqual, match, strictEqual as equal } from "node:assert/strict";
import { jsonLog } from "../../lib/adapters/json_log.ts";
import { PortError } from "../../lib/ports.ts";
import { fakeClock } from "../support/fake_clock.ts";

Deno.test("the log writes one JSON object a line", () => {
  const lines: string[] = [];
  const log = jsonLog(fakeClock("2026-12-01T00:00:00.000Z"), (line) => lines.push(line));
  log.info("started", { port: 8000 });
  log.warn("slow");
  deepEqual(lines.map((line) => JSON.parse(line)), [
    { at: "2026-12-01T00:00:00.000Z", level: "info", event: "started", port: 8000 },
    { at: "2026-12-01T00:00:00.000Z", level: "warn", event: "slow" },
  ]);
});

Deno.test("the log tells an error with its code, its stack and what caused it", () => {
  const lines: string[] = [];
  const log = jsonLog(fakeClock(), (line) => lines.push(line));
  const cause = new PortError("timeout", "Cannot ask the TSA: no answer", {
    retryable: true,
    cause: new TypeError("connection reset"),
  });
  log.error("seal", cause, { case: "R8-000123" });
  const { error, level } = JSON.parse(lines[0]!);
  equal(level, "error");
  equal(lines[0]!.includes("\n"), false);
  match(
    error,
    /Cannot ask the TSA: no answer[\s\S]*\[timeout\]\ncaused by TypeError: connection reset\n\s+at /,
  );
});
