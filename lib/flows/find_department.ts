/**
 * Finds the department that a consent form is for: by the address written to, else by 宛名 (R5).
 *
 * @module
 */
import type { Department, Settings } from "../settings/settings.ts";

const plain = (text: string): string => text.normalize("NFKC").replace(/\s+/g, "");

/** How well a 宛名 names a department: the length of what matched; 0 for not at all. */
function fit(addressee: string, { name, addressees }: Department): number {
  const matches = addressees.map(plain).filter((each) => each !== "" && addressee.startsWith(each));
  // 「見本県知事（総務部財産課）」 names the department itself.
  if (addressee.includes(plain(name))) matches.push(addressee);
  return Math.max(0, ...matches.map((match) => match.length));
}

/** The desk that gets what names no department. */
function defaultDesk({ departments }: Settings): Department {
  const desk = departments.find((department) => department.defaultDesk) ?? departments[0];
  if (!desk) throw new RangeError("Cannot find a department: the settings have none");
  return desk;
}

/**
 * The department of a form. 知事 is the addressee of every head office department: where several fit alike, the
 * default desk gets the form and can hand it on.
 */
export function findDepartment(settings: Settings, writtenTo: string | null, addressee: string): string {
  if (writtenTo !== null) return writtenTo;
  const wanted = plain(addressee);
  const fits = settings.departments.map((department) => ({ department, length: fit(wanted, department) }));
  const best = Math.max(...fits.map(({ length }) => length));
  const found = best === 0 ? [] : fits.filter(({ length }) => length === best);
  const [only] = found;
  return only && found.length === 1 ? only.department.id : defaultDesk(settings).id;
}
