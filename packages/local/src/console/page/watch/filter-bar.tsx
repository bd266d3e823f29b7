/** The controls of the list: filters, and a pause. */
import type { Filter } from "./filter.ts";
import type { RequestSummary } from "./request.ts";

interface FilterBarProps {
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
  readonly requests: readonly RequestSummary[];
  readonly isPaused: boolean;
  readonly onPause: (isPaused: boolean) => void;
}

const statuses = [
  ["", "any status"],
  ["2", "2xx"],
  ["4", "4xx"],
  ["5", "5xx"],
] as const;

/** The filters' choices are what the requests have. */
export function FilterBar({ filter, onFilter, requests, isPaused, onPause }: FilterBarProps) {
  const routes = [...new Set(requests.flatMap(({ route }) => route ?? []))].toSorted();
  const layers = [...new Set(requests.flatMap(({ answeredBy }) => answeredBy ?? []))].toSorted();
  return (
    <form class="filters" role="search" onSubmit={(event: Event) => event.preventDefault()}>
      <input
        type="search"
        aria-label="Text or request id"
        placeholder="Text or request id"
        value={filter.text}
        onInput={(event: Event) => onFilter({ ...filter, text: valueOf(event) })}
      />
      <Choice
        label="Status"
        value={filter.status}
        options={statuses}
        onChoose={(status) => onFilter({ ...filter, status })}
      />
      <Choice
        label="Route"
        value={filter.route}
        options={[["", "any route"], ...routes.map((route) => [route, route] as const)]}
        onChoose={(route) => onFilter({ ...filter, route })}
      />
      <Choice
        label="Answered by"
        value={filter.layer}
        options={[["", "any layer"], ...layers.map((layer) => [layer, layer] as const)]}
        onChoose={(layer) => onFilter({ ...filter, layer })}
      />
      <button type="button" aria-pressed={isPaused} onClick={() => onPause(!isPaused)}>
        {isPaused ? "Resume" : "Pause"}
      </button>
    </form>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly onChoose: (value: string) => void;
}

function Choice({ label, value, options, onChoose }: ChoiceProps) {
  return (
    <select aria-label={label} onChange={(event: Event) => onChoose(valueOf(event))}>
      {options.map(([option, text]) => (
        <option key={option} value={option} selected={option === value}>
          {text}
        </option>
      ))}
    </select>
  );
}

const valueOf = ({ target }: Event) =>
  target instanceof HTMLInputElement || target instanceof HTMLSelectElement ? target.value : "";
