/**
 * `/forms`: the consent forms to download. Each file is made once, when it is first asked for.
 *
 * @module
 */
import type { Hono } from "hono";
import { FORM_KINDS, type FormKind } from "../../lib/domain/consent_form.ts";
import type { World } from "../../lib/flows/world.ts";
import { blankDocx } from "../../lib/forms/blank_docx.ts";
import { type BlankForm, blankForm } from "../../lib/forms/blank_form.ts";
import { blankXlsx } from "../../lib/forms/blank_xlsx.ts";
import { blankPdf } from "../../lib/pdf/blank_pdf.ts";
import { ANSWERS } from "../answer.ts";
import type { Desk } from "../desk.ts";
import { answerPage } from "../refusal_page.tsx";
import { FILE_POLICY } from "../security_headers.ts";
import { FormsPage } from "./page.tsx";

type Bytes = Uint8Array<ArrayBuffer>;

const OPEN_XML = "application/vnd.openxmlformats-officedocument";

/** A format that a form comes in. */
type Format = {
  readonly words: string;
  readonly contentType: string;
  readonly make: (form: BlankForm, world: World) => Bytes | Promise<Bytes>;
};

const FORMATS: Readonly<Record<string, Format>> = {
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
function makers(world: World): (file: string, kind: FormKind, format: Format) => Promise<Bytes> {
  const { publicBody, bot } = world.settings;
  const receiver = { addressee: publicBody.headOfficeAddressee, mailTo: bot.address };
  const made = new Map<string, Promise<Bytes>>();
  return (file, kind, format) => {
    const known = made.get(file);
    if (known) return known;
    const making = Promise.try(() => format.make(blankForm(kind, receiver), world));
    made.set(file, making);
    making.catch(() => made.delete(file));
    return making;
  };
}

/** Adds the paths. */
export function formRoutes(app: Hono, desk: Desk): void {
  const { pages, world } = desk;
  const files = Object.entries(FORMATS).map(([ending, { words }]) => ({ ending, words }));
  const html = pages.text(<FormsPage settings={world.settings} files={files} />);
  const make = makers(world);
  app.get("/forms", () => pages.ready(html));
  app.get("/forms/:file", async (c) => {
    const file = c.req.param("file");
    const [, name, ending = ""] = /^([a-z-]+)\.([a-z]{3,4})$/.exec(file) ?? [];
    const kind = FORM_KINDS.find((each) => each === name);
    const format = Object.hasOwn(FORMATS, ending) ? FORMATS[ending] : undefined;
    if (!kind || !format) return answerPage(pages, ANSWERS.unknown);
    return c.body(await make(file, kind, format), 200, {
      "content-type": format.contentType,
      "content-disposition": `attachment; filename="${file}"`,
      "content-security-policy": FILE_POLICY,
    });
  });
}
