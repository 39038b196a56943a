/**
 * Makes settings of parsed JSON, or lists all that is wrong with it (`interface.md`, Settings).
 *
 * @module
 */
import type { SettingsFault, SettingsFaults } from "./fault.ts";
import { JsonReader } from "./json_reader.ts";
import { parseDepartments } from "./parse_departments.ts";
import type { Channel, Contact, Limits, Settings, TimestampSettings } from "./settings.ts";
import { DEFAULT_TEXTS, type SettingsTexts } from "./texts.ts";

/** Object identifier in dotted form. */
const OID = /^[0-2](\.(0|[1-9]\d*))+$/;

/** Longest local part of the bot: what stays of 64 characters beside `+c.<caseNumber>.<mac>`. */
const MAX_BOT_LOCAL = 28;

const MIB = 1_048_576;

function readChannel(reader: JsonReader): Channel {
  const { by, at, hours, note } = reader.object("by", "at", "hours", "note");
  return { by: by.text(), at: at.text(), hours: hours.textOr(null), note: note.textOr(null) };
}

function readContact(reader: JsonReader): Contact {
  const { about, name, inquiryId, haveAtHand, channels } = reader.object(
    "about",
    "name",
    "inquiryId",
    "haveAtHand",
    "channels",
  );
  return {
    about: about.text(),
    name: name.text(),
    inquiryId: inquiryId.textOr(null),
    haveAtHand: haveAtHand.list((item) => item.text()),
    channels: channels.list(readChannel),
  };
}

/** What stands for an object that may be absent as a whole. */
const optional = (reader: JsonReader): JsonReader => reader.absent ? new JsonReader({}, "", []) : reader;

function readTimestamp(reader: JsonReader): TimestampSettings {
  const { accredited, policy, validYears, renew, eachParty } = optional(reader)
    .object("accredited", "policy", "validYears", "renew", "eachParty");
  const oid = policy.textOr(null);
  if (oid !== null && oid !== "" && !OID.test(oid)) {
    policy.fault("must be an object identifier, as 1.2.392.1");
  }
  return {
    accredited: accredited.flag(false),
    policy: oid,
    validYears: validYears.count(10, [1, 100]),
    renew: renew.flag(true),
    eachParty: eachParty.flag(true),
  };
}

function readLimits(reader: JsonReader): Limits {
  const { maxPdfBytes, attachBelowBytes, requestLinkDays, downloadLinkDays, accessCodeTries } = optional(
    reader,
  ).object("maxPdfBytes", "attachBelowBytes", "requestLinkDays", "downloadLinkDays", "accessCodeTries");
  return {
    maxPdfBytes: maxPdfBytes.count(50 * MIB, [1, 500 * MIB]),
    attachBelowBytes: attachBelowBytes.count(6_000_000, [0, 100_000_000]),
    requestLinkDays: requestLinkDays.count(10, [1, 365]),
    downloadLinkDays: downloadLinkDays.count(10, [1, 365]),
    accessCodeTries: accessCodeTries.count(5, [1, 100]),
  };
}

function readBot(reader: JsonReader, body: string): Settings["bot"] {
  const members = reader.object("address", "name");
  const address = members.address.address();
  const local = address.slice(0, Math.max(0, address.lastIndexOf("@")));
  if (local.includes("+")) members.address.fault('must have no "+": it is added for departments and cases');
  if (local.length > MAX_BOT_LOCAL) {
    members.address.fault(`must have at most ${MAX_BOT_LOCAL} characters before the @`);
  }
  return { address, name: members.name.textOr(`${body}電子契約`) };
}

/**
 * The settings, or all faults at once. `texts` are the contents of the help and terms files, which an adapter has
 * read.
 */
export function parseSettings(
  json: unknown,
  texts: SettingsTexts = DEFAULT_TEXTS,
): Settings | SettingsFaults {
  const faults: SettingsFault[] = [];
  const members = new JsonReader(json, "", faults).object(
    "publicBody",
    "bot",
    "departments",
    "contacts",
    "timestamp",
    "limits",
    "confirmAddresses",
    "helpFile",
    "termsFile",
  );
  const body = members.publicBody.object("name", "headOfficeAddressee");
  const name = body.name.text();
  const headOfficeAddressee = body.headOfficeAddressee.textOr(`${name}知事`);
  const bot = readBot(members.bot, name);
  const settings: Settings = {
    publicBody: { name, headOfficeAddressee },
    bot,
    departments: parseDepartments(members.departments, { headOfficeAddressee, botAddress: bot.address }),
    contacts: members.contacts.list(readContact),
    timestamp: readTimestamp(members.timestamp),
    limits: readLimits(members.limits),
    confirmAddresses: members.confirmAddresses.flag(false),
    ...texts,
  };
  members.helpFile.textOr(null);
  members.termsFile.textOr(null);
  return faults.length > 0 ? { faults } : settings;
}
