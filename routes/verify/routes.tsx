/**
 * `/verify`: a PDF comes in, a report goes out, nothing stays (R39). It changes nothing, so programs may post to
 * it without the hidden field of the form.
 *
 * @module
 */
import type { Context, Hono } from "hono";
import { verifyUpload } from "../../lib/flows/verify_upload.ts";
import { now } from "../../lib/flows/world.ts";
import { memorySource } from "../../lib/pdf/byte_source.ts";
import { allowance } from "../allowance.ts";
import { ANSWERS } from "../answer.ts";
import type { Desk } from "../desk.ts";
import { GUARD_FIELD } from "../form_guard.ts";
import { RequestFault } from "../read_form.ts";
import { answerPage } from "../refusal_page.tsx";
import { VerifyPage, type VerifyPageProps } from "./page.tsx";
import { reportJson } from "./report_json.ts";
import { type UploadedPdf, UploadRoom, type UploadRules, withUpload } from "./upload.ts";

/** Files that a client may have verified in a minute: whole offices share an address. */
const ALLOWED = 60;
/** An executed PDF is larger than what was uploaded by its seals: room for those of many parties, in bytes. */
const ROOM_FOR_SEALS = 4 << 20;
/** How many files of the largest size are in memory at once. */
const FILES_AT_ONCE = 3;

const SCOPE = "verify";

const wantsJson = (c: Context): boolean => /\bapplication\/json\b/i.test(c.req.header("accept") ?? "");

function page(
  desk: Desk,
  c: Context,
  facts: Pick<VerifyPageProps, "shown" | "problem">,
  status = 200,
): Response {
  const guard = desk.guard.field(c, SCOPE, SCOPE);
  const { limits, bot } = desk.world.settings;
  const asked = { guard, botAddress: bot.address, maxBytes: limits.maxPdfBytes };
  return desk.pages.html(<VerifyPage {...asked} {...facts} />, { status });
}

/** A form of ours that is too old, or comes without its cookie, is good enough: there is nothing to protect. */
function fromElsewhere(desk: Desk, c: Context, fields: ReadonlyMap<string, string>): Response | null {
  const verdict = desk.guard.check(c, SCOPE, SCOPE, fields.get(GUARD_FIELD) ?? null);
  return verdict === "wrong" ? answerPage(desk.pages, ANSWERS.wrongForm) : null;
}

async function judge(desk: Desk, c: Context, { filename, bytes, sha256 }: UploadedPdf): Promise<Response> {
  const { world } = desk;
  if (bytes.length === 0 && !wantsJson(c)) {
    return page(desk, c, { problem: "PDFファイルが選ばれていないか、空のファイルです。" }, 400);
  }
  const found = await verifyUpload(world, memorySource(bytes), sha256);
  if (wantsJson(c)) return c.json(reportJson(found));
  return page(desk, c, { shown: { ...found, filename, size: bytes.length, at: now(world) } });
}

/** Adds the paths. */
export function verifyRoutes(app: Hono, desk: Desk): void {
  const { world } = desk;
  const most = world.settings.limits.maxPdfBytes + ROOM_FOR_SEALS;
  const room = new UploadRoom(FILES_AT_ONCE * most);
  const pace = allowance(ALLOWED);
  app.get("/verify", (c) => page(desk, c, {}));
  app.post("/verify", async (c) => {
    const wait = pace.count(desk.clientOf(c), now(world));
    if (wait !== null) {
      const answer = wantsJson(c)
        ? c.json({ error: "Cannot verify: too many files in a short time" }, 429)
        : answerPage(desk.pages, ANSWERS.tooManyFiles);
      answer.headers.set("retry-after", String(wait));
      return answer;
    }
    const check: UploadRules["check"] = (fields) => wantsJson(c) ? null : fromElsewhere(desk, c, fields);
    try {
      return await withUpload(c.req.raw, { most, room, check }, (upload) => judge(desk, c, upload));
    } catch (error) {
      if (!wantsJson(c) || !(error instanceof RequestFault)) throw error;
      return c.json({ error: error.message }, error.status);
    }
  });
}
