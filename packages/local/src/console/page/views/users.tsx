/** The user pools and their users. */
import * as z from "zod";
import { useState } from "hono/jsx/dom";
import { dateAndTime } from "../format.ts";
import { Problem } from "../problem.tsx";
import { Reveal } from "../reveal.tsx";
import { Table } from "../table.tsx";
import { useData } from "../use-data.ts";

const poolsSchema = z.object({
  userPools: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      users: z.array(
        z.object({
          username: z.string(),
          email: z.string().nullable(),
          status: z.string(),
          isEnabled: z.boolean(),
          createdAt: z.string(),
        }),
      ),
    }),
  ),
});

/** A table for each pool. */
export function Users() {
  const [isRevealed, setRevealed] = useState(false);
  const { data, problem } = useData(`/users?reveal=${isRevealed}`, poolsSchema);
  return (
    <>
      <Problem text={problem} />
      <Reveal isRevealed={isRevealed} onReveal={setRevealed} />
      {data?.userPools.map(({ id, name, users }) => (
        <section key={id} aria-label={`User pool ${name}`}>
          <h2>
            {name} <span class="quiet">{id}</span>
          </h2>
          <Table
            caption={`Users of ${name}`}
            columns={["user", "e-mail address", "status", "enabled", "since"]}
            rows={users.map(({ username, email, status, isEnabled, createdAt }) => [
              username,
              email ?? "",
              status,
              isEnabled ? "yes" : "no",
              dateAndTime(createdAt),
            ])}
            none="No user is in this pool."
          />
        </section>
      ))}
    </>
  );
}
