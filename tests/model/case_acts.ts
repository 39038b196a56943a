/**
 * What people may try at a case, whether it is theirs to do or not: each act with what should come of it.
 *
 * @module
 */
import fc from "fast-check";
import { currentSha256 } from "../../lib/domain/case.ts";
import type { CaseCommand } from "../../lib/domain/command.ts";
import type { ConsentForm } from "../../lib/domain/consent_form.ts";
import { type Day, DAY_MS, jstDay, plusMs } from "../../lib/domain/instant.ts";
import { summaryDigest } from "../../lib/domain/rules_of_sending.ts";
import { openLink } from "../../lib/flows/links.ts";
import { APPROVER, CONTRACT, DRAFT, FORM, hash, OFFICER } from "../support/sample_case.ts";
import type { CaseLife } from "./case_life.ts";
import { type Asked, type CaseModel, type ModelLink, TRIES } from "./case_model.ts";

/** Kinds of acts, with how often each is drawn. */
const WEIGHTS = {
  draft: 10,
  send: 16,
  agree: 40,
  view: 4,
  wrongCode: 4,
  decline: 3,
  ask: 1,
  resend: 4,
  withdraw: 1,
  reopen: 6,
  setCode: 2,
  correct: 4,
  changeConfirmers: 4,
  proposeForm: 2,
  acceptForm: 3,
  mendForm: 2,
  refuseForm: 1,
  wishPaper: 1,
  handOn: 1,
  die: 2,
  wait: 14,
} as const;

/** One drawn act: `who` picks a person, a link or a variant; `old` an old link; `hours` pass before. */
export type Drawn = {
  readonly act: keyof typeof WEIGHTS;
  readonly who: number;
  readonly old: boolean;
  readonly hours: number;
  /** What an officer does besides, before anything that the act calls for has happened. */
  readonly rush: "withdraw" | "correct" | "changeConfirmers" | null;
};

/** Sequences of acts by anyone. */
export const sequences: fc.Arbitrary<readonly Drawn[]> = fc.array(
  fc.record({
    act: fc.oneof(
      ...Object.entries(WEIGHTS).map(([act, weight]) => ({
        arbitrary: fc.constant(act as Drawn["act"]),
        weight,
      })),
    ),
    who: fc.nat({ max: 5 }),
    rush: fc.oneof(
      { arbitrary: fc.constant(null), weight: 12 },
      { arbitrary: fc.constantFrom("withdraw", "correct", "changeConfirmers"), weight: 1 },
    ),
    old: fc.nat({ max: 5 }).map((n) => n === 0),
    hours: fc.oneof(
      { arbitrary: fc.nat({ max: 3 }), weight: 8 },
      { arbitrary: fc.constantFrom(24, 72, 240, 500), weight: 1 },
    ),
  }),
  { minLength: 3, maxLength: 14, size: "max" },
);

const BY = OFFICER.address;
const APPROVERS = [APPROVER];
const SECOND = { name: "見本 花", address: "hana@vendor.example.jp" };

/** Confirmers of a form, 確認者１ first. */
const CONFIRMERS = [
  FORM.vendors[0]!.confirmers,
  [FORM.vendors[0]!.confirmers[0]!],
  [SECOND, FORM.vendors[0]!.confirmers[0]!],
  [{ ...FORM.vendors[0]!.confirmers[0]!, address: "new@vendor.example.jp" }, FORM.vendors[0]!.confirmers[1]!],
] as const;

/** A form with other confirmers. */
export function formWith(who: number): ConsentForm {
  return { ...FORM, vendors: [{ ...FORM.vendors[0]!, confirmers: CONFIRMERS[who % CONFIRMERS.length]! }] };
}

/** Who is asked, in order: the larger number first, then the approver (R16). */
export function askedBy(form: ConsentForm): Asked[] {
  const confirmers = form.vendors[0]!.confirmers.map(({ address }, index) => ({
    id: `Confirmer${index + 1}`,
    address,
    coded: true,
  }));
  return [...confirmers.reverse(), { id: "Approver1", address: APPROVER.address, coded: false }];
}

const anew = { by: OFFICER, reason: "理由", approvers: APPROVERS, barred: [BY] } as const;

/** What someone tries: the command, and what it does to the model if it should succeed; null where it should not. */
export type Attempt = { readonly command: CaseCommand; readonly becomes: (() => void) | null };

const daysOn = (at: string, days: number): Day => jstDay(plusMs(at, days * DAY_MS));

function byOfficer(life: CaseLife, model: CaseModel, { act, who }: Drawn): Attempt | null {
  const at = life.now;
  const { state } = life;
  const open = model.stage === "intake" || model.stage === "drafted";
  const round = model.stage === "sent" || model.stage === "declined";
  const when = (right: boolean, becomes: () => void) => right ? becomes : null;
  switch (act) {
    case "draft": {
      const contractDate = daysOn(at, who === 5 ? -1 : who * 4);
      const copyTo = who % 2 === 0 ? ["copy@vendor.example.jp"] : [];
      const accessCode = who > 2 ? hash("code") : null;
      const warnings = who % 3 === 0 ? ["contract_date_not_found"] : [];
      const documents = [{ ...CONTRACT, warnings }];
      const draft = { ...DRAFT, contractDate, copyTo, accessCode, documents };
      return {
        command: { do: "draft", at, draft, mail: null },
        becomes: when(open && who !== 5, () => {
          Object.assign(model, { stage: "drafted", day: contractDate, copies: copyTo });
          Object.assign(model, { coded: accessCode !== null, dayShown: warnings.length === 0 });
          model.officers.add(BY);
        }),
      };
    }
    case "send": {
      const right = model.stage === "drafted" && model.day !== null && model.day >= jstDay(at);
      const digest = who === 5 ? hash("other") : summaryDigest(state);
      const command = {
        do: "send",
        at,
        ...anew,
        digest,
        contractDate: null,
        term: null,
        renewal: true,
      } as const;
      return { command, becomes: when(right && who !== 5, () => model.begin(askedBy(state.form!))) };
    }
    case "resend":
      return {
        command: { do: "resend", at, by: BY },
        becomes: when(model.stage === "sent", () => model.freshRequest()),
      };
    case "withdraw":
      return {
        command: { do: "withdraw", at, by: BY, reason: "理由" },
        becomes: when(model.live, () => {
          if (open) model.mustHear.push({ kind: "withdrawn", address: state.contact.address });
          model.stage = "withdrawn";
          model.endLinks("withdrawn");
        }),
      };
    case "reopen": {
      const late = model.stage === "sent" && model.closed(at);
      const right = (late || model.stage === "declined") && !(model.closed(at) && model.dayShown);
      return {
        command: { do: "reopen", at, by: BY, reason: "理由" },
        becomes: when(right, () => {
          model.reopened = model.closed(at) || model.reopened;
          model.stage = "sent";
          model.freshRequest();
        }),
      };
    }
    case "setCode":
      return {
        command: { do: "setCode", at, accessCode: who > 2 ? hash("code") : null, by: BY },
        becomes: when(model.live && model.day !== null, () => model.coded = who > 2),
      };
    case "correct": {
      const contractDate = who % 2 === 0 ? daysOn(at, 5) : null;
      const documents = [{ ...CONTRACT, sha256: hash(`版 ${state.length}`), warnings: [] }];
      const facts = { title: null, contractDate, term: null, amount: null, namedApprovers: null };
      const day = contractDate ?? model.day;
      return {
        command: { do: "correct", at, ...anew, ...facts, documents, renewal: true },
        becomes: when(round && day !== null && day >= jstDay(at), () => {
          Object.assign(model, { day, dayShown: true, reopened: false });
          model.begin(askedBy(state.form!));
        }),
      };
    }
    case "changeConfirmers": {
      const form = formWith(who);
      return {
        command: { do: "changeConfirmers", at, ...anew, form },
        becomes: confirmers(model, round, form, at),
      };
    }
    case "acceptForm": {
      const form = state.proposal?.form;
      if (!form) return { command: { do: "acceptForm", at, by: BY, anew }, becomes: null };
      if (open) return { command: { do: "acceptForm", at, by: BY, anew }, becomes: () => {} };
      return {
        command: { do: "acceptForm", at, by: BY, anew },
        becomes: confirmers(model, round, form, at, true),
      };
    }
    case "mendForm":
      return { command: { do: "mendForm", at, form: formWith(who), by: BY }, becomes: when(open, () => {}) };
    case "refuseForm":
      return {
        command: { do: "refuseForm", at, reason: "理由", by: BY },
        becomes: when(open, () => model.stage = "refused"),
      };
    case "handOn":
      return {
        command: { do: "handOn", at, departmentId: "doboku", by: BY },
        becomes: when(open, () => {
          model.department = "doboku";
          model.officers.add("officer-doboku@pref.example.lg.jp");
        }),
      };
    default:
      return null;
  }
}

/** What other confirmers make of a round (R34): all is asked anew, but for an address that bounced unseen. */
function confirmers(
  model: CaseModel,
  round: boolean,
  form: ConsentForm,
  at: string,
  even = false,
): (() => void) | null {
  const next = askedBy(form);
  const same = JSON.stringify(next) === JSON.stringify(model.parties);
  if (!round || model.closed(at) || (same && !even)) return null;
  const awaited = model.awaited;
  const others = next.map((party) =>
    party.id === awaited?.id ? { ...party, address: awaited.address } : party
  );
  const onlyAddress = awaited !== null && !same && JSON.stringify(others) === JSON.stringify(model.parties);
  if (onlyAddress && model.bounced && !model.viewed && awaited.coded) {
    return () => {
      awaited.address = next[model.agreed]!.address;
      model.freshRequest();
    };
  }
  return () => model.begin(next);
}

/** What the holder of a link tries; null where there is no such link yet. */
async function byHolder(life: CaseLife, model: CaseModel, { act, who, old }: Drawn): Promise<Attempt | null> {
  const at = life.now;
  const link: ModelLink | undefined = old ? model.links[who % model.links.length] : model.links.at(-1);
  const opened = link && await openLink(life.world, link.token, "request");
  const [party, issue] = [opened?.link.party, opened?.link.issue];
  if (!link || !party || !issue) return null;
  const alive = model.alive(link, at);
  const coded = model.coded && model.awaited?.coded === true;
  const place = { at, party, issue } as const;
  const when = (right: boolean, becomes: () => void) => right ? becomes : null;
  switch (act) {
    case "view":
      return { command: { do: "view", ...place }, becomes: when(alive, () => model.viewed = true) };
    case "wrongCode":
      return {
        command: { do: "enterCode", ...place, right: false, tries: TRIES },
        becomes: when(alive, () => model.wrongCodes += coded ? 1 : 0),
      };
    case "agree": {
      const authentication = who === 0 ? "mail" : "mailAndAccessCode";
      const documents = life.state.draft?.documents.map(currentSha256) ?? [];
      return {
        command: { do: "agree", ...place, authentication, documents },
        becomes: when(alive && !model.closed(at) && !(coded && who === 0), () => {
          model.agreed++;
          model.wrongCodes = 0;
          model.viewed = false;
          model.bounced = false;
          if (model.agreed === model.parties.length) model.stage = "executed";
        }),
      };
    }
    case "decline":
      return {
        command: { do: "decline", ...place, reason: "" },
        becomes: when(alive, () => model.stage = "declined"),
      };
    case "ask":
      return { command: { do: "ask", ...place, question: "質問" }, becomes: when(alive, () => {}) };
    default:
      return null;
  }
}

/** What the drawn act tries now; null where there is nothing to try. */
export async function attemptOf(life: CaseLife, model: CaseModel, drawn: Drawn): Promise<Attempt | null> {
  const { act, who } = drawn;
  const at = life.now;
  const vendor = model.live;
  switch (act) {
    case "proposeForm":
      return {
        command: { do: "proposeForm", at, form: formWith(who), mail: hash("second"), from: BY },
        becomes: vendor ? () => {} : null,
      };
    case "wishPaper": {
      const right = model.stage === "intake" || model.stage === "drafted";
      return {
        command: { do: "wishPaper", at, by: life.state.contact.address },
        becomes: right ? () => model.stage = "paper" : null,
      };
    }
    case "view":
    case "wrongCode":
    case "agree":
    case "decline":
    case "ask":
      return await byHolder(life, model, drawn);
    default:
      return byOfficer(life, model, drawn);
  }
}
