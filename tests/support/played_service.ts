/**
 * The service with its door for mail (SMTP) and its pages, for tests that play people: each writes mails, reads the
 * own ones, and has a browser.
 *
 * @module
 */
import { ok, strictEqual as equal } from "node:assert/strict";
import { parse } from "node-html-parser";
import { receiveMail } from "../../lib/flows/receive_mail.ts";
import { buildPages } from "../../lib/tasks/build.ts";
import { postMail } from "../../lib/tasks/post_mail.ts";
import { makeApp } from "../../routes/app.ts";
import { GUARD_FIELD } from "../../routes/form_guard.ts";
import { listening } from "./smtp_listening.ts";
import { Visitor } from "./test_site.ts";
import { makeWorld, type TestWorld, type WorldOptions } from "./world.ts";

/** Where mail goes. */
export const BOT = "keiyaku@bot.example.lg.jp";
/** The officer of the default desk. */
export const OFFICER = "officer@pref.example.lg.jp";
/** Its approver. */
export const APPROVER = "approver@pref.example.lg.jp";

const CONTRACT = new URL("../fixtures/contracts/keiyakusho_buppin.pdf", import.meta.url);

const FORMS = new URL("../fixtures/forms/", import.meta.url);

/** A mail as a person writes it. */
export type Sent = {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly cc?: readonly string[];
  /** Names under which the sample contract is attached. */
  readonly contracts?: readonly string[];
  /** A form of the fixtures that is attached. */
  readonly formFile?: string;
};

/** The service, and people. */
export type PlayedService = TestWorld & {
  /** Writes a mail over SMTP; everything that follows has happened when it returns. */
  readonly send: (mail: Sent) => Promise<void>;
  /** The browser of a person. */
  readonly browser: (person: string) => Visitor;
  /** The page behind the newest letter of a kind to a person: `/o/<token>`. */
  readonly pageOf: (person: string, kind: string, page?: string) => Promise<string>;
  /** Fills in the form of a page that posts to its step, as it stands and with these values; the answer. */
  readonly press: (
    person: string,
    path: string,
    step: string,
    values?: Readonly<Record<string, string>>,
  ) => Promise<Response>;
  /** Reads the newest request, and agrees on its page. */
  readonly agree: (person: string) => Promise<void>;
};

/** What a form holds as it stands, by the names of its fields. */
export function filledIn(html: string, action: string): Record<string, string> {
  const form = parse(html).querySelectorAll("form").find((each) => each.getAttribute("action") === action);
  ok(form, action);
  const fields = form.querySelectorAll("input").filter((input) =>
    !["radio", "checkbox", "file"].includes(input.getAttribute("type") ?? "")
  ).map((input) => [input.getAttribute("name") ?? "", input.getAttribute("value") ?? ""]);
  const chosen = form.querySelectorAll("select").map((select) => [
    select.getAttribute("name") ?? "",
    select.querySelector("option[selected]")?.getAttribute("value") ?? "",
  ]);
  return Object.fromEntries([...fields, ...chosen].filter(([name]) => name !== GUARD_FIELD));
}

function people(service: TestWorld, app: ReturnType<typeof makeApp>) {
  const browsers = new Map<string, Visitor>();
  const browser = (person: string): Visitor => {
    const found = browsers.get(person) ?? new Visitor(app);
    browsers.set(person, found);
    return found;
  };
  async function press(
    person: string,
    path: string,
    step: string,
    values: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const visitor = browser(person);
    const action = `${path}/${step}`;
    const page = step === "agree" ? `${path}/confirm` : step === "mend" ? `${path}/mend` : path;
    const html = await (await visitor.send(page)).text();
    const guard = await visitor.guard(page, action);
    service.clock.advance(60_000);
    const body = new URLSearchParams({ ...filledIn(html, action), ...values, guard });
    const answer = await visitor.send(action, { method: "POST", body });
    await service.drain();
    return answer;
  }
  const pageOf = async (person: string, kind: string, page = "o") =>
    `/${page}/${(await service.mailTo(person, kind)).token(`/${page}/`)}`;
  async function agree(person: string): Promise<void> {
    const path = await pageOf(person, "request", "c");
    equal((await press(person, path, "open")).status, 303);
    equal((await press(person, path, "agree", { read: "yes" })).headers.get("location"), `${path}/done`);
  }
  return { browser, press, pageOf, agree };
}

/** Plays in a service that begins empty. */
export async function inService(
  play: (service: PlayedService) => Promise<void>,
  options: WorldOptions = {},
): Promise<void> {
  const service = await makeWorld(options);
  const { world, drain } = service;
  const app = makeApp(world, {
    assets: await buildPages(),
    trustedProxies: [],
    ready: () => Promise.resolve([]),
  });
  const pdf = await Deno.readFile(CONTRACT);
  let count = 0;
  try {
    await listening({
      clock: world.clock,
      receive: (envelope, content, transport) => receiveMail(world, { envelope, content, transport }),
    }, async (intake) => {
      const port = Number(intake.address.split(":").at(-1));
      const send = async ({ contracts = [], formFile, ...mail }: Sent) => {
        const files = contracts.map((filename) => ({
          filename,
          contentType: "application/pdf",
          content: pdf,
        }));
        if (formFile !== undefined) {
          const content = await Deno.readFile(new URL(formFile, FORMS));
          files.push({ filename: formFile, contentType: "application/octet-stream", content });
        }
        service.clock.advance(60_000);
        await postMail(port, { id: `played-${count++}`, ...mail, files });
        await drain();
      };
      await play({ ...service, send, ...people(service, app) });
    });
  } finally {
    await service.close();
  }
}

/** Who signs for the vendor in `GOODS_FORM`. */
export const VENDOR = { contact: "jimu@shop.example.jp", confirmer: "ichiro@shop.example.jp" };

/** A form in the text of a mail. */
export const GOODS_FORM: string = [
  "物品・役務",
  "提出日：令和8年11月24日",
  "宛名：見本県知事",
  "住所又は所在地：見本市本町1-2-3",
  "商号又は名称：株式会社割符商店",
  "代表者職氏名：代表取締役　割符 一郎",
  "担当者氏名：割符 三郎",
  "電話番号：000-000-0000",
  "契約名：事務用品の購入",
  "確認者１氏名：割符 一郎",
  `確認者１メールアドレス：${VENDOR.confirmer}`,
].join("\n");

/** Lines of an officer's mail. */
export const LINES: string = "契約日: 令和8年12月1日\n契約期間: 2026-12-01〜2027-03-31\n";

/** From the form to the request: form by mail, contract by mail, one tap on the page. The case's number. */
export async function sentContract(
  { send, mailTo, pageOf, press }: PlayedService,
  words: { readonly form?: string; readonly lines?: string } = {},
): Promise<string> {
  const { form = GOODS_FORM, lines = LINES } = words;
  await send({ from: VENDOR.contact, to: BOT, subject: "同意書の提出", text: form });
  const { mail, entry } = await mailTo(OFFICER, "case-notice");
  const contracts = ["契約書.pdf"];
  await send({ from: OFFICER, to: mail.replyTo!, subject: "契約書", text: lines, contracts });
  const page = await pageOf(OFFICER, "draft-summary");
  equal((await press(OFFICER, page, "send", { declared: "yes" })).status, 303);
  return entry.caseNumber!;
}

/** From the form to the executed contract. The case's number. */
export async function executedContract(service: PlayedService, form: string = GOODS_FORM): Promise<string> {
  const number = await sentContract(service, { form });
  await service.agree(VENDOR.confirmer);
  await service.agree(APPROVER);
  return number;
}
