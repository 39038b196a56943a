import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { jstDateTime } from "../../lib/domain/instant.ts";
import { readReason } from "../../lib/flows/read_reason.ts";
import { reasonOf } from "../../lib/flows/seal.ts";

const AT = "2026-12-01T05:03:22.000Z";
const ADDRESS = "ichiro@vendor.example.jp";

Deno.test("what the service wrote is read back, whatever the name holds", () => {
  const forged = reasonOf({ name: "別人", address: "other@vendor.example.jp" }, AT, "承認", "mail");
  for (const name of ["見本 一郎", "見本（営業部）", "が", forged]) {
    const reason = reasonOf({ name, address: ADDRESS }, AT, "同意", "mailAndAccessCode");
    const authentication = "メール認証＋アクセスコード";
    deepEqual(readReason(reason), {
      name,
      address: ADDRESS,
      at: jstDateTime(AT),
      did: "同意",
      authentication,
    });
  }
});

Deno.test("another sentence is no act of a party", () => {
  const act = reasonOf({ name: "見本 一郎", address: ADDRESS }, AT, "送信", "mail");
  for (
    const reason of ["", "Approved", `${act}。`, act.replace("送信", "却下"), act.slice(1).replace("@", "")]
  ) {
    equal(readReason(reason), null, reason);
  }
});
