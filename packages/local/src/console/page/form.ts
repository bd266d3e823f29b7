/** Reads forms. */

/** The text of a field; empty where there is none. */
export function textIn(form: FormData, field: string): string {
  const value = form.get(field);
  return typeof value === "string" ? value : "";
}

/** Handles a form's submission in the page, which nothing leaves. */
export const onSubmit =
  (handle: (fields: FormData, form: HTMLFormElement) => void) =>
  (event: Event): void => {
    event.preventDefault();
    if (event.target instanceof HTMLFormElement) handle(new FormData(event.target), event.target);
  };
