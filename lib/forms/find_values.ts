/**
 * Finds the values of a layout, each with what its labels say of it.
 *
 * @module
 */
import { isNoise, withoutFurigana } from "./form_values.ts";
import type { Attribute, Role } from "./label_words.ts";
import type { Label, Meaning } from "./label.ts";
import { LabelMap, meaningOf, mergedMeaning } from "./label_map.ts";
import { memberAt, memberColumns } from "./member_columns.ts";
import type { Token } from "./token.ts";

/** A value with its meaning; an empty one says that the form has a place for it. */
export type Found = {
  readonly meaning: Meaning;
  readonly text: string;
  readonly source: string;
  readonly confidence: number;
  readonly clipped: boolean;
  /** The value's own token, and its label's. */
  readonly tokens: readonly Token[];
};

/** Fields that end the part of the form about one person. */
const ENDS_PERSON: ReadonlySet<Attribute> = new Set([
  "date",
  "addressee",
  "company",
  "contract",
  "postal",
  "venture",
]);

/** Values and empty places in reading order; `venture` where the form is a 共同企業体's. */
export function findValues(tokens: readonly Token[], line: number, venture = false): Found[] {
  const map = new LabelMap(tokens, line);
  const members = venture
    ? memberColumns(tokens, (value) => map.leftOf(value), (value) => map.above(value))
    : null;
  const contexts = contextsOf(tokens);
  const groups = new Map<string, Found>();
  const order: Found[] = [];
  tokens.forEach((token, index) => {
    const read = foundAt(token, map, contexts[index]!, tokens, contexts);
    if (read === null) return;
    const member = read.meaning.member ?? memberAt(members, token);
    const found = member === undefined ? read : { ...read, meaning: { ...read.meaning, member } };
    const owner = map.leftOf(token)[0];
    const key = owner === undefined ? "" : `${tokens.indexOf(owner)} ${JSON.stringify(found.meaning)}`;
    const earlier = groups.get(key);
    if (key === "" || earlier === undefined) {
      if (key !== "") groups.set(key, found);
      order.push(found);
      return;
    }
    const joined = {
      ...earlier,
      confidence: isTwofold(earlier, found) ? 0.5 : earlier.confidence,
      text: `${earlier.text}${gapFor(found.meaning, earlier.text, found.text)}${found.text}`,
      clipped: earlier.clipped || found.clipped,
      tokens: [...earlier.tokens, ...found.tokens],
    };
    groups.set(key, joined);
    order[order.indexOf(earlier)] = joined;
  });
  return order;
}

/** Whether two cells hold two values where one is asked for, perhaps one of another person; not 姓 and 名. */
function isTwofold(earlier: Found, { meaning, text, tokens: [token] }: Found): boolean {
  if (token!.table === 0 || earlier.tokens.at(-1)?.cell === token!.cell) return false;
  if (meaning.attributes.includes("phone")) return !/^[\d０-９()（）\s-－ー]{1,12}$/.test(text);
  const single = meaning.attributes.some((each) => each === "company" || each === "contract");
  if (meaning.role !== "confirmer" && !single) return false;
  return ![earlier.text, text].every((part) => /^\S{1,4}$/.test(part));
}

/** Mail addresses and days are parted by nothing, the groups of a telephone number by a dash. */
function gapFor({ attributes }: Meaning, before: string, behind: string): string {
  if (attributes.includes("phone")) return /[\d０-９]$/.test(before) && /^[\d０-９]/.test(behind) ? "-" : "";
  return attributes.includes("mail") || attributes.includes("date") ? "" : " ";
}

function foundAt(
  token: Token,
  map: LabelMap,
  context: Meaning | null,
  tokens: readonly Token[],
  contexts: readonly (Meaning | null)[],
): Found | null {
  const base = { source: token.source, clipped: token.clipped === true, tokens: [token] };
  if (token.label !== null) {
    const beside = map.besideLabel(token).map((each) => each.label);
    if (token.text !== "") {
      const meaning = withContext(
        mergedMeaning([token.label, ...beside.map((each) => askedBeside(each, token))]),
        context,
      );
      const confidence = token.label.shape === "spaced" ? 0.9 : 1;
      const text = isTitle(token, beside) ? token.whole.trim() : ownText(token.label, token.text);
      return { ...base, meaning, text, confidence };
    }
    if (map.owns(token) || (map.isHeading(token) && token.label.attributes.length > 0)) return null;
    return {
      ...base,
      meaning: withContext(mergedMeaning([token.label, ...beside]), context),
      text: "",
      confidence: 0,
    };
  }
  if (token.text === "" || isNoise(token.text)) return null;
  const left = map.leftOf(token);
  const head = map.above(token);
  if (left.length === 0 && head === null) return null;
  if (left.length > 0 && (map.underNotes(token) || (head === null && map.underForeignHead(token)))) {
    return null;
  }
  const own = meaningOf(left, head);
  const nearest = left[0] ?? head!;
  const before = contexts[tokens.indexOf(nearest)] ?? null;
  const meaning = withContext(
    left.length === 0 && isOfPeople(own, before ?? context) && map.headsPeople(head!)
      ? { ...own, role: "confirmer" }
      : own,
    before ?? context,
  );
  return {
    ...base,
    meaning,
    text: ownText(asking(left, head), token.text),
    confidence: left.length > 0 ? 1 : 0.9,
  };
}

/** 「代表 森 緑」 beside 代表者職氏名: there it is her title. */
const isTitle = ({ label, whole }: Token, beside: readonly (Label | null)[]): boolean =>
  label?.shape === "spaced" && label.role === "representative" && label.attributes.length === 0 &&
  /^\s*代表[\s\u3000]/.test(whole) &&
  beside.some((each) => each?.role === "representative" && each.attributes.length > 0);

/** Names and addresses in a list that nobody says anything of: on this form it is one of confirmers. */
const isOfPeople = ({ role, attributes }: Meaning, context: Meaning | null): boolean =>
  role === undefined && (context === null || context.role === "vendor" || context.role === undefined) &&
  attributes.some((each) => each === "name" || each === "mail");

/**
 * What a label on the left adds to one with a value: 「確認者１：a@b」 beside メールアドレス is an address, but
 * 「担当：森」 beside 商号 no company; 「代表者 大空建設株式会社」 there is one.
 */
function askedBeside(label: Label | null, { label: own, text }: Token): Meaning | null {
  const asks = label?.attributes.some((each) => each === "contract" || ENDS_PERSON.has(each));
  if (label === null || !asks || (own?.shape === "spaced" && /会社|法人|組合|企業体/.test(text))) {
    return label;
  }
  return { ...label, attributes: [] };
}

/** The label that asks for the value, among those around it that only say whose it is. */
function asking(left: readonly Token[], head: Token | null): Label {
  const labels = [...left, head].flatMap((token) => token?.label ?? []);
  return labels.find((label) => label.attributes.length > 0) ?? labels[0]!;
}

const ownText = (label: Label, text: string): string => label.furigana ? withoutFurigana(text) : text;

/** What a label before says of one that names no person itself. */
function withContext(meaning: Meaning, context: Meaning | null): Meaning {
  if (context === null) return meaning;
  const member = meaning.member ?? context.member;
  const ends = meaning.attributes.some((each) => ENDS_PERSON.has(each));
  const role: Role | undefined = meaning.role ?? (ends ? undefined : context.role);
  const number = meaning.role === undefined && !ends ? meaning.number ?? context.number : meaning.number;
  return {
    attributes: meaning.attributes,
    ...(role === undefined ? {} : { role }),
    ...(number === undefined ? {} : { number }),
    ...(member === undefined ? {} : { member }),
  };
}

/** For each token the person and member that the labels before it were about. */
function contextsOf(tokens: readonly Token[]): (Meaning | null)[] {
  let current: Meaning | null = null;
  return tokens.map(({ label }) => {
    const before = current;
    if (label === null) return before;
    const kept = label.member ?? before?.member;
    const member = kept === undefined ? {} : { member: kept };
    if (label.role !== undefined) {
      current = {
        attributes: [],
        role: label.role,
        ...member,
        ...(label.number ? { number: label.number } : {}),
      };
    } else if (label.member !== undefined || label.attributes.some((each) => ENDS_PERSON.has(each))) {
      current = { attributes: [], role: "vendor", ...member };
    }
    return before;
  });
}
