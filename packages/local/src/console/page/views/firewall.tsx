/** What the rules of each firewall did, and the requests that were sampled. */
import { firewallsSchema } from "../../../console-api/firewalls-view.ts";
import { timeOfDay } from "../format.ts";
import { None } from "../none.tsx";
import { Problem } from "../problem.tsx";
import { Table } from "../table.tsx";
import { listIn, useData } from "../use-data.ts";

/** Two tables for each web ACL. */
export function Firewall() {
  const read = useData("/firewalls", firewallsSchema);
  const firewalls = listIn(read, (data) => data.firewalls);
  return (
    <>
      <Problem text={read.problem} />
      <None of={firewalls} text="No firewall is deployed." />
      {firewalls?.map(({ name, rules, samples }) => (
        <section key={name} aria-label={`Firewall ${name}`}>
          <h2>{name}</h2>
          <Table
            caption={`Rules of ${name}`}
            columns={["rule", "allowed", "blocked", "counted"]}
            rows={rules.map(({ rule, groupRule, allowed, blocked, counted }) => [
              <Rule key={rule} {...{ rule, groupRule }} />,
              allowed,
              blocked,
              counted,
            ])}
            none="There is no rule."
          />
          <h3>Sampled requests</h3>
          <Table
            caption={`Requests that ${name} sampled`}
            columns={["time", "request", "action", "rule"]}
            rows={samples.map(({ time, rule, groupRule, action, method, uri }) => [
              timeOfDay(time),
              `${method} ${uri}`,
              action,
              <Rule key={rule} {...{ rule, groupRule }} />,
            ])}
            none="No request yet. Send one, or run an attack."
          />
        </section>
      ))}
    </>
  );
}

/** The rule; of a rule group, the one that matched. */
function Rule({ rule, groupRule }: { rule: string; groupRule: string }) {
  return (
    <div>
      {rule} {groupRule === "" ? null : <span class="fact">{groupRule}</span>}
    </div>
  );
}
