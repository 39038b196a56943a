/**
 * Makes departments of parsed JSON, with the rules that hold between them.
 *
 * @module
 */
import { sameAddress } from "../domain/mail_address.ts";
import type { JsonReader } from "./json_reader.ts";
import type { Department, StaffMember } from "./settings.ts";

/** What departments may have as their short name; it becomes a part of mail addresses. */
const ID = /^[a-z0-9-]{1,40}$/;

/** What departments need to know of the rest. */
export type BodyFacts = { readonly headOfficeAddressee: string; readonly botAddress: string };

function readStaff(reader: JsonReader, botAddress: string): StaffMember[] {
  const seen: string[] = [];
  return reader.list((item) => {
    const { name, email } = item.object("name", "email");
    const member = { name: name.text(), email: email.address() };
    if (member.email !== "" && sameAddress(member.email, botAddress)) {
      email.fault("must not be the address of the bot");
    } else if (member.email !== "" && seen.some((each) => sameAddress(each, member.email))) {
      email.fault("stands twice in this list");
    }
    seen.push(member.email);
    return member;
  }, 1);
}

function readAddressees(reader: JsonReader, kind: Department["kind"], facts: BodyFacts): string[] {
  const written = reader.list((item) => item.text(), kind === "branchOffice" ? 1 : 0);
  if (kind === "branchOffice" || written.includes(facts.headOfficeAddressee)) return written;
  return [facts.headOfficeAddressee, ...written];
}

function readDepartment(reader: JsonReader, facts: BodyFacts): Department {
  const members = reader.object(
    "id",
    "name",
    "kind",
    "addressees",
    "phone",
    "email",
    "defaultDesk",
    "officers",
    "approvers",
  );
  const id = members.id.text();
  if (id !== "" && !ID.test(id)) members.id.fault("must be of a–z, 0–9 and hyphens, at most 40");
  const kind = members.kind.choice("headOffice", "branchOffice");
  return {
    id,
    name: members.name.text(),
    kind,
    addressees: readAddressees(members.addressees, kind, facts),
    phone: members.phone.textOr(null),
    email: members.email.addressOrNull(),
    defaultDesk: members.defaultDesk.flag(false),
    officers: readStaff(members.officers, facts.botAddress),
    approvers: readStaff(members.approvers, facts.botAddress),
  };
}

/** All departments. The first is the default desk unless another says that it is. */
export function parseDepartments(reader: JsonReader, facts: BodyFacts): Department[] {
  const ids = new Set<string>();
  const departments = reader.list((item) => {
    const department = readDepartment(item, facts);
    if (department.id !== "" && ids.has(department.id)) {
      item.fault(`has the id "${department.id}" of another`);
    }
    ids.add(department.id);
    return department;
  }, 1);
  const desks = departments.filter((department) => department.defaultDesk).length;
  if (desks > 1) reader.fault("must have at most one defaultDesk");
  if (desks > 0) return departments;
  return departments.map((department, index) => ({ ...department, defaultDesk: index === 0 }));
}
