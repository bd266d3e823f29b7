/** The user pools, their users, and what an administrator can do with them. */
import type * as z from "zod/mini";
import { usersSchema } from "../../../console-api/users-view.ts";
import { dateAndTime } from "../format.ts";
import { useState } from "../hooks.ts";
import { None } from "../none.tsx";
import { Problem } from "../problem.tsx";
import { Reveal } from "../reveal.tsx";
import { hrefOf } from "../route.ts";
import { Said, useOutcome } from "../said.tsx";
import { Table } from "../table.tsx";
import { listIn, useData } from "../use-data.ts";
import { NewUser } from "./new-user.tsx";
import { UserActions } from "./user-actions.tsx";

type Pool = z.infer<typeof usersSchema>["userPools"][number];

/** A table for each pool, and a form for a new user. */
export function UsersView() {
  const [isRevealed, setRevealed] = useState(false);
  const read = useData(`/users?reveal=${isRevealed}`, usersSchema);
  const pools = listIn(read, (data) => data.userPools);
  return (
    <>
      <Problem text={read.problem} />
      <Reveal isRevealed={isRevealed} onReveal={setRevealed} />
      <p class="quiet">
        A new user without a password is mailed a temporary one, to the{" "}
        <a href={hrefOf("mails")}>mailbox</a>, and replaces it at the first sign-in: on the login
        pages, or in the console (<a href={hrefOf("attack")}>Attack</a>).
      </p>
      <None of={pools} text="No user pool is deployed." />
      {pools?.map((pool) => (
        <UserPool key={pool.id} pool={pool} refresh={read.refresh} />
      ))}
    </>
  );
}

function UserPool({ pool, refresh }: { pool: Pool; refresh: () => void }) {
  const { id, name, hasLoginPages, users } = pool;
  const [outcome, actOnce] = useOutcome();
  const act = async (action: () => Promise<string>) => {
    await actOnce(action);
    refresh();
  };
  return (
    <section aria-label={`User pool ${name}`}>
      <h2>
        {name} <span class="quiet">{id}</span>
      </h2>
      {hasLoginPages ? null : <p class="quiet">This pool has no login pages.</p>}
      <Table
        caption={`Users of ${name}`}
        columns={["user", "e-mail address", "status", "enabled", "since", "actions"]}
        rows={users.map((user) => [
          user.username,
          user.email ?? "",
          user.status,
          user.isEnabled ? "yes" : "no",
          dateAndTime(user.createdAt),
          <UserActions key={user.id} {...{ userPoolId: id, hasLoginPages, user, act }} />,
        ])}
        none="No user is in this pool."
      />
      <div>
        <Said outcome={outcome} />
      </div>
      <NewUser userPoolId={id} pool={name} act={act} />
    </section>
  );
}
