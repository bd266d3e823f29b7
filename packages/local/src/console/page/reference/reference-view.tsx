/** The app's API, as its OpenAPI document describes it. */
import { Problem } from "../problem.tsx";
import { useData } from "../use-data.ts";
import { apiDocument, operationsOf } from "./document.ts";
import { OperationSection } from "./operation.tsx";

/** A section for each operation. */
export function ReferenceView() {
  const { data, problem } = useData("/reference.json", apiDocument);
  return (
    <>
      <Problem text={problem} />
      {data === undefined ? null : (
        <>
          <p>
            <strong>{data.info.title}</strong> {data.info.description}
          </p>
          {operationsOf(data).map((operation) => (
            <OperationSection key={`${operation.method} ${operation.path}`} operation={operation} />
          ))}
        </>
      )}
    </>
  );
}
