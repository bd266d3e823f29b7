/** The page: its navigation and its views. */
import { hrefOf, useRoute } from "./route.ts";
import { Alarms } from "./views/alarms.tsx";
import { DeadLetters } from "./views/dead-letters.tsx";
import { FaultsView } from "./views/faults.tsx";
import { Firewall } from "./views/firewall.tsx";
import { Logs } from "./views/logs.tsx";
import { Mails } from "./views/mails.tsx";
import { Resources } from "./views/resources.tsx";
import { Users } from "./views/users.tsx";
import { Watch } from "./watch/watch.tsx";

const views = [
  ["requests", "Requests", Watch],
  ["faults", "Faults", FaultsView],
  ["firewall", "Firewall", Firewall],
  ["alarms", "Alarms", Alarms],
  ["dead-letters", "Dead letters", DeadLetters],
  ["logs", "Logs", Logs],
  ["mails", "Mailbox", Mails],
  ["users", "Users", Users],
  ["resources", "Resources", Resources],
] as const;

/** The whole page. */
export function App() {
  const [id, selected] = useRoute();
  const [view, title, View] = views.find(([name]) => name === id) ?? views[0];
  document.title = `${title} – local cloud`;
  return (
    <>
      <a class="skip" href={hrefOf(view)}>
        Skip to the view
      </a>
      <header>
        <h1>Local cloud</h1>
        <nav aria-label="Views">
          {views.map(([name, text]) => (
            <a key={name} href={hrefOf(name)} aria-current={name === view ? "page" : undefined}>
              {text}
            </a>
          ))}
        </nav>
      </header>
      <main>
        <View key={view} selected={selected} />
      </main>
    </>
  );
}
