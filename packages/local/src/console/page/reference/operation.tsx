/** One operation: who may call it, its request, its responses and problems. */
import { draft } from "../attack/draft.ts";
import { hrefOf } from "../route.ts";
import { Table } from "../table.tsx";
import type { Message, Operation } from "./document.ts";

/** The operation; "try it" fills the form by which requests are sent. */
export function OperationSection({ operation }: { operation: Operation }) {
  const { method, path, id, description, security, parameters, request, responses } = operation;
  const tryIt = () => draft.set({ route: `${method} ${path}`, body: request?.example ?? "" });
  return (
    <section aria-label={`${method} ${path}`}>
      <h2>
        {method} {path} <span class="quiet">{id}</span>
      </h2>
      <p>{description}</p>
      <p class="quiet">
        {security.length === 0 ? "Open to all." : `With a token of ${security.join(" or ")}.`}
      </p>
      <p>
        <a href={hrefOf("attack")} onClick={tryIt}>
          Try it
        </a>
      </p>
      {parameters.length === 0 ? null : (
        <Table
          caption={`Parameters of ${method} ${path}`}
          columns={["parameter", "in", "required", "description"]}
          rows={parameters.map((one) => [
            one.name,
            one.in,
            one.required ? "yes" : "no",
            one.description,
          ])}
          none=""
        />
      )}
      {request === undefined ? null : <MessageDetails title="Request" message={request} />}
      {responses.map((response) => (
        <MessageDetails
          key={response.status}
          title={`${response.status} ${response.description}`}
          message={response}
        />
      ))}
    </section>
  );
}

function MessageDetails({ title, message }: { title: string; message: Message }) {
  const { type, schema, example } = message;
  return (
    <details class="fold">
      <summary>
        {title} <code>{type}</code>
      </summary>
      {example === "" ? null : <pre tabindex={0}>{example}</pre>}
      {schema === "" ? null : <pre tabindex={0}>{schema}</pre>}
    </details>
  );
}
