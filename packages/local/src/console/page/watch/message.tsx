/** A request or a response as it was sent: its headers and its body. */
import type { RequestDetails } from "./request.ts";

interface MessageProps {
  readonly title: string;
  readonly line: string;
  readonly message: RequestDetails["request"];
}

/** The message, folded. */
export function Message({ title, line, message }: MessageProps) {
  const { headers, body, bodyBytes, bodyEncoding, isTruncated } = message;
  const notes = [
    `${bodyBytes} bytes`,
    ...(bodyEncoding === "base64" ? ["as Base64"] : []),
    ...(isTruncated ? ["of which the beginning was kept"] : []),
  ];
  return (
    <details class="fold">
      <summary>
        {title} <code>{line}</code>
      </summary>
      <table class="headers">
        <caption class="visually-hidden">Headers of the {title.toLowerCase()}</caption>
        <tbody>
          {headers.map(([name, value], index) => (
            <tr key={index}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet">Body: {notes.join(", ")}</p>
      {body === "" ? null : <pre tabindex={0}>{body}</pre>}
    </details>
  );
}
