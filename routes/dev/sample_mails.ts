/**
 * Mails to begin with in the composer: what a vendor and an officer would write. All names are fictional.
 *
 * @module
 */
import { FORM_KINDS, type FormKind, kindLabel } from "../../lib/domain/consent_form.ts";
import type { Settings } from "../../lib/settings/settings.ts";
import { SAMPLE_VENDORS } from "./sample_people.ts";

/** What the composer is filled with. */
export type SampleMail = {
  readonly name: string;
  /** For whom it is written, in a few words. */
  readonly about: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Names of the sample files that go with it. */
  readonly attached: readonly string[];
};

const COVER = `いつもお世話になっております。
電子契約同意書兼メールアドレス確認書を提出します。よろしくお願いいたします。
`;

/** Officers write these lines with a contract (interface.md). */
export const CONTRACT_LINES = `契約書を送ります。

契約日: 令和8年12月1日
契約期間: 2026-12-01〜2027-03-31
契約金額: 1,200,000円
`;

/** The form as the text of a mail: taken as well as a file. */
function formText(kind: FormKind, addressee: string): string {
  const { values } = SAMPLE_VENDORS[kind];
  const lines = Object.entries({ "宛名": addressee, ...values }).map(([label, value]) =>
    `${label}：${value}`
  );
  return [
    "いつもお世話になっております。",
    `電子契約同意書兼メールアドレス確認書（${kindLabel(kind)}）を提出します。`,
    "",
    ...lines,
    "",
  ].join("\n");
}

function mailsOf(kind: FormKind, { bot, publicBody }: Settings): SampleMail[] {
  const { company, address } = SAMPLE_VENDORS[kind];
  const subject = "電子契約同意書の提出について";
  return [
    {
      name: kind,
      about: `${company}：同意書をWordで`,
      from: address,
      to: bot.address,
      subject,
      text: COVER,
      attached: [`${kind}.docx`],
    },
    {
      name: `${kind}-text`,
      about: `${company}：同意書を本文で`,
      from: address,
      to: bot.address,
      subject,
      text: formText(kind, publicBody.headOfficeAddressee),
      attached: [],
    },
  ];
}

/** The samples of a service, addressed to its bot. */
export function sampleMails(settings: Settings): readonly SampleMail[] {
  return [
    ...FORM_KINDS.flatMap((kind) => mailsOf(kind, settings)),
    {
      name: "list",
      about: "確認者：締結済みの一覧を求める",
      from: "minato@minato-bungu.example.co.jp",
      to: settings.bot.address,
      subject: "一覧",
      text: "一覧\n",
      attached: [],
    },
  ];
}
