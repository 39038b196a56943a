/**
 * `/forms`: the consent forms to download. Each file is made once, when it is first asked for.
 *
 * @module
 */
import type { Hono } from "hono";
import type { World } from "../../lib/flows/world.ts";
import { blankDocx } from "../../lib/forms/blank_docx.ts";
import { type BlankForm, goodsServicesForm } from "../../lib/forms/blank_form.ts";
import { blankXlsx } from "../../lib/forms/blank_xlsx.ts";
import { blankPdf } from "../../lib/pdf/blank_pdf.ts";
import { ANSWERS } from "../answer.ts";
import type { Desk } from "../desk.ts";
import { answerPage } from "../refusal_page.tsx";
import { FILE_POLICY } from "../security_headers.ts";
import { FormsPage } from "./page.tsx";

type Bytes = Uint8Array<ArrayBuffer>;

const OPEN_XML = "application/vnd.openxmlformats-officedocument";

type Kind = {
  readonly words: string;
  readonly contentType: string;
  readonly make: (form: BlankForm, world: World) => Bytes | Promise<Bytes>;
};

const KINDS: Readonly<Record<string, Kind>> = {
  pdf: {
    words: "PDF（画面で記入できます）",
    contentType: "application/pdf",
    make: async (form, world) => await blankPdf(form, await world.font()),
  },
  docx: {
    words: "Word（docx）",
    contentType: `${OPEN_XML}.wordprocessingml.document`,
    make: blankDocx,
  },
  xlsx: {
    words: "Excel（xlsx）",
    contentType: `${OPEN_XML}.spreadsheetml.sheet`,
    make: blankXlsx,
  },
};

/** Makes each file once; one that could not be made is tried again. */
function makers(world: World): (ending: string, kind: Kind) => Promise<Bytes> {
  const { publicBody, bot } = world.settings;
  const form = goodsServicesForm({ addressee: publicBody.headOfficeAddressee, mailTo: bot.address });
  const made = new Map<string, Promise<Bytes>>();
  return (ending, kind) => {
    const known = made.get(ending);
    if (known) return known;
    const making = Promise.try(() => kind.make(form, world));
    made.set(ending, making);
    making.catch(() => made.delete(ending));
    return making;
  };
}

/** Adds the paths. */
export function formRoutes(app: Hono, desk: Desk): void {
  const { pages, world } = desk;
  const files = Object.entries(KINDS).map(([ending, { words }]) => ({ ending, words }));
  const html = pages.text(<FormsPage settings={world.settings} files={files} />);
  const make = makers(world);
  app.get("/forms", () => pages.ready(html));
  app.get("/forms/:file", async (c) => {
    const [, ending = ""] = /^goods-services\.([a-z]{3,4})$/.exec(c.req.param("file")) ?? [];
    const kind = Object.hasOwn(KINDS, ending) ? KINDS[ending] : undefined;
    if (!kind) return answerPage(pages, ANSWERS.unknown);
    return c.body(await make(ending, kind), 200, {
      "content-type": kind.contentType,
      "content-disposition": `attachment; filename="goods-services.${ending}"`,
      "content-security-policy": FILE_POLICY,
    });
  });
}
