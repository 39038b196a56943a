import { notStrictEqual as notEqual, strictEqual as equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { evolve, replay } from "../../lib/domain/evolve.ts";
import { brokenAt, canonicalJson, CHAIN_START, record } from "../../lib/domain/history.ts";
import { UnreadableError } from "../../lib/domain/unreadable.ts";
import { historyOf } from "../support/given_case.ts";
import { completed, minute, opened } from "../support/sample_case.ts";

Deno.test("equal values give equal text, whatever order they were built in", () => {
  equal(canonicalJson({ b: [1, { d: null, c: "割符" }], a: undefined }), '{"b":[1,{"c":"割符","d":null}]}');
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
    const reversed = Object.fromEntries(Object.entries(value).reverse());
    equal(canonicalJson(reversed), canonicalJson(value));
  }));
});

Deno.test("a whole history is an unbroken chain, and an empty one as well", () => {
  equal(brokenAt(historyOf(completed())), null);
  equal(brokenAt([]), null);
  equal(replay([]), null);
});

Deno.test("a history in which anything was changed, dropped, swapped or put in breaks at that place", () => {
  const history = historyOf(completed());
  const place = fc.integer({ min: 0, max: history.length - 2 });
  fc.assert(fc.property(place, (at) => {
    const entry = history[at]!;
    const later = history[at + 1]!;
    const changed = { ...entry, event: { ...entry.event, at: minute(999) } };
    equal(brokenAt(history.with(at, changed)), at);
    equal(brokenAt(history.toSpliced(at, 1)), at);
    equal(brokenAt(history.toSpliced(at, 2, later, entry)), at);
    const forged = record(changed.event, at, entry.previous);
    equal(brokenAt(history.with(at, forged)), at + 1);
    equal(brokenAt(history.toSpliced(at, 0, forged)), at + 1);
  }));
});

Deno.test("a history cut short is whole, but its head is another", () => {
  const history = historyOf(completed());
  equal(brokenAt(history.slice(0, -1)), null);
  notEqual(replay(history)?.head, replay(history.slice(0, -1))?.head);
});

Deno.test("a case begins with the form that opens it and with nothing else", () => {
  const entry = record({ did: "completed", at: minute(1) }, 0, CHAIN_START);
  throws(() => evolve(null, entry), /Cannot begin a case: the history starts with "completed"/);
  equal(replay(historyOf(opened))?.phase, "intake");
});

Deno.test("unreadable input has a stable code and says where it was met", () => {
  const cause = new Error("inner");
  const error = new UnreadableError("bad_xref", "Cannot read the table", { where: "offset 4711", cause });
  equal(error.code, "bad_xref");
  equal(error.where, "offset 4711");
  equal(error.cause, cause);
  equal(new UnreadableError("bad_xref", "Cannot read the table").where, undefined);
});
