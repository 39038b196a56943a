/**
 * A reader of consent forms that has old office files converted when nothing else of a mail is a form.
 *
 * @module
 */
import type { ConsentReader, ConsentReading, FormFile } from "../forms/consent_reading.ts";
import { oldFormatOf } from "../forms/old_format.ts";
import type { ConsentMail } from "../forms/read_consent.ts";
import type { Converter } from "./soffice_converter.ts";

/** So many files of one mail are converted: each takes seconds. */
const MAX_CONVERTED = 3;

/** Wraps a reader. What can't be converted is answered as the reader answers it. */
export function convertingReader(reader: ConsentReader, convert: Converter): ConsentReader {
  return {
    async read(mail: ConsentMail): Promise<ConsentReading> {
      const reading = await reader.read(mail);
      if (reading.read) return reading;
      const files: FormFile[] = [];
      for (const { filename, content } of mail.files) {
        const format = oldFormatOf(content);
        if (format === null || files.length >= MAX_CONVERTED) continue;
        const converted = await convert(content, format);
        if (converted !== null) files.push({ filename, content: converted });
      }
      if (files.length === 0) return reading;
      const again = await reader.read({ files, text: "" });
      return again.read ? again : reading;
    },
    close: () => reader.close(),
  };
}
