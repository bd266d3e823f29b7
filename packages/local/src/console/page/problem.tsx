/** What went wrong, for the user. */

/** An alert, which assistive technology reads at once; nothing without a text. */
export function Problem({ text }: { text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <p class="problem" role="alert">
      {text}
    </p>
  );
}
