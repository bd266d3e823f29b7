/** The page: its navigation and its views. */
import { useRef } from "hono/jsx/dom";
import { AttackView } from "./attack/attack-view.tsx";
import { useEffect } from "./hooks.ts";
import { MetricsView } from "./metrics/metrics-view.tsx";
import { ReferenceView } from "./reference/reference-view.tsx";
import { ResourcesView } from "./resources/resources-view.tsx";
import { hrefOf, useRoute } from "./route.ts";
import { Alarms } from "./views/alarms.tsx";
import { DeadLetters } from "./views/dead-letters.tsx";
import { FaultsView } from "./views/faults.tsx";
import { Firewall } from "./views/firewall.tsx";
import { Logs } from "./views/logs.tsx";
import { Mails } from "./views/mails.tsx";
import { TracesView } from "./traces/traces-view.tsx";
import { UsersView } from "./users/users-view.tsx";
import { Watch } from "./watch/watch.tsx";

const views = [
  ["requests", "Requests", Watch],
  ["attack", "Attack", AttackView],
  ["faults", "Faults", FaultsView],
  ["firewall", "Firewall", Firewall],
  ["traces", "Traces", TracesView],
  ["metrics", "Metrics", MetricsView],
  ["alarms", "Alarms", Alarms],
  ["dead-letters", "Dead letters", DeadLetters],
  ["logs", "Logs", Logs],
  ["mails", "Mailbox", Mails],
  ["users", "Users", UsersView],
  ["reference", "API", ReferenceView],
  ["resources", "Resources", ResourcesView],
] as const;

/** The whole page. */
export function App() {
  const [id, selected] = useRoute();
  const [view, title, View] = views.find(([name]) => name === id) ?? views[0];
  document.title = `${title} – local cloud`;
  const heading = useRef<HTMLElement>(null);
  const isFirst = useRef(true);

  // Who chose a view by keyboard goes on in it; one request has a heading of its own.
  useEffect(() => {
    if (!isFirst.current && selected === undefined) heading.current?.focus();
    isFirst.current = false;
  }, [view, selected]);

  const focusHeading = () => heading.current?.focus();

  const skip = (event: Event) => {
    event.preventDefault();
    focusHeading();
  };

  return (
    <>
      <header>
        <a class="skip" href={hrefOf(view)} onClick={skip}>
          Skip to the view
        </a>
        <p class="brand">Local cloud</p>
        <nav aria-label="Views">
          {views.map(([name, text]) => (
            <a
              key={name}
              href={hrefOf(name)}
              aria-current={name === view ? "page" : undefined}
              // The address of the view that is shown does not change.
              {...(name === view && { onClick: focusHeading })}
            >
              {text}
            </a>
          ))}
        </nav>
      </header>
      <main>
        <h1 ref={heading} tabindex={-1}>
          {title}
        </h1>
        <View key={view} selected={selected} />
      </main>
    </>
  );
}
