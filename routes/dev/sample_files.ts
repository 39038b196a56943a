/**
 * Files that the composer attaches with one tap: the service's own consent forms filled in, and a contract. Each is
 * made when it is sent.
 *
 * @module
 */
import { FORM_KINDS, type FormKind, kindLabel } from "../../lib/domain/consent_form.ts";
import type { World } from "../../lib/flows/world.ts";
import { blankDocx } from "../../lib/forms/blank_docx.ts";
import { type BlankForm, blankForm } from "../../lib/forms/blank_form.ts";
import { blankXlsx } from "../../lib/forms/blank_xlsx.ts";
import { filledForm } from "../../lib/forms/filled_form.ts";
import type { MessageFile } from "../../lib/mail/write_message.ts";
import { blankPdf } from "../../lib/pdf/blank_pdf.ts";
import { sampleContract } from "../../lib/pdf/sample_contract.ts";
import { SAMPLE_VENDORS } from "./sample_people.ts";

/** What of the world the files are made from. */
export type SampleWorld = Pick<World, "settings" | "font">;

/** A file that can be attached. */
export type SampleFile = {
  /** What the form sends for it. */
  readonly name: string;
  readonly words: string;
  readonly make: (world: SampleWorld) => Promise<MessageFile>;
};

const OPEN_XML = "application/vnd.openxmlformats-officedocument";

type Format = {
  readonly words: string;
  readonly contentType: string;
  readonly make: (form: BlankForm, world: SampleWorld) => Uint8Array | Promise<Uint8Array>;
};

const FORMATS: Readonly<Record<string, Format>> = {
  docx: { words: "Word", contentType: `${OPEN_XML}.wordprocessingml.document`, make: blankDocx },
  xlsx: { words: "Excel", contentType: `${OPEN_XML}.spreadsheetml.sheet`, make: blankXlsx },
  pdf: {
    words: "PDF",
    contentType: "application/pdf",
    // Only what stands on it needs to be drawn: so it is small, and made at once.
    make: async (form, world) => await blankPdf(form, await world.font(), JSON.stringify(form)),
  },
};

function formFile(kind: FormKind, ending: string, { words, contentType, make }: Format): SampleFile {
  return {
    name: `${kind}.${ending}`,
    words: `同意書（${kindLabel(kind)}）${words}`,
    async make(world) {
      const { publicBody, bot } = world.settings;
      const addressee = publicBody.headOfficeAddressee;
      const values = { "宛名": addressee, ...SAMPLE_VENDORS[kind].values };
      const form = filledForm(blankForm(kind, { addressee, mailTo: bot.address }), values);
      return { filename: `電子契約同意書.${ending}`, contentType, content: await make(form, world) };
    },
  };
}

function contractFile(kind: FormKind): SampleFile {
  const { company, contract, values } = SAMPLE_VENDORS[kind];
  return {
    name: `contract-${kind}`,
    words: `契約書「${contract}」PDF`,
    async make({ settings, font }) {
      const { headOfficeAddressee: publicBody } = settings.publicBody;
      const content = await sampleContract({
        title: `${contract}契約書`.replace("契約契約書", "契約書"),
        articles: [
          `${publicBody}（以下「甲」という。）と${company}（以下「乙」という。）は、次のとおり契約を締結する。`,
          `第１条　甲は、乙に「${contract}」に定める業務を発注し、乙は、これを受注する。`,
          "第２条　契約金額は、金1,200,000円（うち取引に係る消費税及び地方消費税の額 金109,091円）とする。",
          "第３条　契約期間は、令和8年12月1日から令和9年3月31日までとする。",
          "第４条　この契約に定めのない事項は、甲乙協議の上、定めるものとする。",
          "この契約の締結を証するため、本書を電磁的に作成し、甲乙合意の後、電子署名を施し、各自その電磁的記録を保管する。",
        ],
        closing: [
          "令和8年12月1日",
          `甲　${publicBody}`,
          `乙　${values["住所又は所在地"]}　${company}　${values["代表者職氏名"]}`,
          "（これは開発用の見本です。登場する団体・会社・人物は架空のものです。）",
        ],
      }, await font());
      return { filename: `${contract.replace(/\s/g, "_")}.pdf`, contentType: "application/pdf", content };
    },
  };
}

/** All sample files, in the order of the composer. */
export const SAMPLE_FILES: readonly SampleFile[] = [
  ...FORM_KINDS.flatMap((kind) =>
    Object.entries(FORMATS).map(([ending, format]) => formFile(kind, ending, format))
  ),
  ...FORM_KINDS.map(contractFile),
];
