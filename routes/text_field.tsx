/**
 * One line to write in, with its label, help and mark of fault.
 *
 * @module
 */
import type { VNode } from "preact";

/** What a field shows. */
export type TextFieldProps = {
  /** Name in the form, and id on the page. */
  readonly name: string;
  readonly label: string;
  readonly value?: string;
  readonly help?: string;
  readonly keyboard?: "tel" | "email" | "numeric";
  readonly required?: boolean;
  /** Whether what was written cannot be taken. */
  readonly fault?: boolean;
  /** The same in words, which stand beside the field and are read out with it. */
  readonly wrong?: string;
  /** Whether the page opens with the cursor here. */
  readonly focus?: boolean;
  /** In characters; 1,000 unless told. */
  readonly maxLength?: number;
  /** Off where what the browser remembers would be another case's. */
  readonly autocomplete?: "off";
};

/** A text field; its help is read out with it. */
export function TextField(props: TextFieldProps): VNode {
  const { name, label, value = "", help, keyboard = "text", required, fault, wrong, maxLength = 1000 } =
    props;
  const described = [...help ? [`${name}-help`] : [], ...wrong ? [`${name}-wrong`] : []];
  return (
    <div class="field">
      <label for={name}>{label}{required && <span class="must">必須</span>}</label>
      {help && <span class="help" id={`${name}-help`}>{help}</span>}
      {wrong && <span class="wrong" id={`${name}-wrong`}>{wrong}</span>}
      <input
        id={name}
        name={name}
        type="text"
        inputMode={keyboard}
        value={value}
        required={required}
        maxLength={maxLength}
        autocomplete={props.autocomplete}
        autofocus={props.focus}
        aria-describedby={described.length > 0 ? described.join(" ") : undefined}
        aria-invalid={fault || wrong ? "true" : undefined}
      />
    </div>
  );
}
