/** QR codes as pictures within a page, which load nothing. */
import { html } from "hono/html";
import encodeQr from "qr";
import type { Html } from "./page.ts";

/** A text as a QR code: one square for each dark module. */
export function qrCode(text: string): Html {
  const rows = encodeQr(text, "raw", { border: 4 });
  const squares = rows.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  const size = rows.length;
  return html`<svg viewBox="0 0 ${size} ${size}" role="img" aria-label="QR code">
    <path d="${squares.join("")}" />
  </svg>`;
}
