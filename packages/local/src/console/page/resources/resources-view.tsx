/** What is deployed, by topic, and where it behaves in another way than on AWS. */
import * as z from "zod/mini";
import { useState } from "../hooks.ts";
import { Paged } from "../paged.tsx";
import { Problem } from "../problem.tsx";
import { Reveal } from "../reveal.tsx";
import { Table } from "../table.tsx";
import { listIn, useData } from "../use-data.ts";
import { Changes } from "./changes.tsx";
import { Grants } from "./grants.tsx";
import { Secrets } from "./secrets.tsx";

const resourcesSchema = z.object({
  resources: z.array(
    z.object({
      topic: z.string(),
      type: z.string(),
      name: z.string(),
      id: z.string(),
      urn: z.string(),
      inputs: z.record(z.string(), z.unknown()),
    }),
  ),
});

const limitationsSchema = z.object({
  limitations: z.array(z.object({ service: z.string(), text: z.string() })),
});

/** The resources; each has its inputs folded. */
export function ResourcesView() {
  const [isRevealed, setRevealed] = useState(false);
  const { data, problem } = useData(`/resources?reveal=${isRevealed}`, resourcesSchema);
  const limitations = useData("/limitations", limitationsSchema);
  const byTopic = Map.groupBy(
    (data?.resources ?? []).filter(({ id }) => id !== ""),
    ({ topic }) => topic,
  );
  return (
    <>
      <Problem text={problem} />
      <section aria-labelledby="limitations-heading">
        <h2 id="limitations-heading">Limitations of the local cloud</h2>
        <Problem text={limitations.problem} />
        <Table
          caption="Limitations"
          columns={["service", "what is different"]}
          rows={listIn(limitations, (read) => read.limitations)?.map(({ service, text }) => [
            service,
            text,
          ])}
          none="Nothing is known to be different."
        />
      </section>
      <Changes />
      <Grants />
      <Secrets />
      <Reveal isRevealed={isRevealed} onReveal={setRevealed} />
      {[...byTopic].map(([topic, resources]) => (
        <section key={topic} aria-label={topic}>
          <h2>
            {topic} <span class="quiet">{resources.length}</span>
          </h2>
          <Paged items={resources} draw={drawResources} />
        </section>
      ))}
    </>
  );
}

const drawResources = (resources: Readonly<z.infer<typeof resourcesSchema>["resources"]>) =>
  resources.map(({ urn, type, name, inputs }) => (
    <details key={urn} class="fold">
      <summary>
        {name} <code>{type}</code>
      </summary>
      <pre tabindex={0}>{JSON.stringify(inputs, null, 2)}</pre>
    </details>
  ));
