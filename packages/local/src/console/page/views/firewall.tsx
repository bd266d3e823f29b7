/** What the rules of each firewall did, and the requests that were sampled. */
import { timeOfDay } from "../format.ts";
import { Problem } from "../problem.tsx";
import { Table } from "../table.tsx";
import { useOverview } from "./use-overview.ts";

/** Two tables for each web ACL. */
export function Firewall() {
  const { data, problem } = useOverview();
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
            rows={samples.map(({ time, rule, groupRule, action, request }) => [
              timeOfDay(time),
              rule,
              groupRule,
              action,
              `${request.httpMethod} ${request.uri}`,
            ])}
            none="No request yet."
          />
        </section>
      ))}
    </>
  );
}
