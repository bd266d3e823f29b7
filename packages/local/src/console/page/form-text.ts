/** Reads forms. */

/** The text of a field; empty where there is none. */
export function textIn(form: FormData, field: string): string {
  const value = form.get(field);
  return typeof value === "string" ? value : "";
}
