/** What the rules of each firewall did, and the requests that were sampled. */
import { firewallsSchema } from "../../../console-api/firewalls-view.ts";
import { timeOfDay } from "../format.ts";
import { Problem } from "../problem.tsx";
import { Table } from "../table.tsx";
import { useData } from "../use-data.ts";

/** Two tables for each web ACL. */
export function Firewall() {
  const { data, problem } = useData("/firewalls", firewallsSchema);
  return (
    <>
      <Problem text={problem} />
      {data?.firewalls.map(({ name, rules, samples }) => (
        <section key={name} aria-label={`Firewall ${name}`}>
          <h2>{name}</h2>
          <Table
            caption={`Rules of ${name}`}
            columns={["rule", "rule of its group", "allowed", "blocked", "counted"]}
            rows={rules.map(({ rule, groupRule, allowed, blocked, counted }) => [
              rule,
              groupRule,
              allowed,
              blocked,
              counted,
            ])}
            none="There is no rule."
          />
          <h3>Sampled requests</h3>
          <Table
            caption={`Requests that ${name} sampled`}
            columns={["time", "rule", "rule of its group", "action", "request"]}
            rows={samples.map(({ time, rule, groupRule, action, method, uri }) => [
              timeOfDay(time),
              rule,
              groupRule,
              action,
              `${method} ${uri}`,
            ])}
            none="No request yet."
          />
        </section>
      ))}
    </>
  );
}
