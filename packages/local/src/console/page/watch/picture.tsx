/** The system as a picture, in which a request lights the layers that it passed. */
import { partIds, type Lights, type PartId } from "./lights.ts";
import type { PartNames } from "./part-names.ts";
import { narrow, wide, type Layout, type Place } from "./picture-layout.ts";

const kinds: Readonly<Record<PartId, string>> = {
  caller: "Caller",
  firewall: "Firewall",
  route: "Route",
  authorizer: "Authorizer",
  throttle: "Throttle",
  validation: "Validation",
  pools: "User pools",
  function: "Function",
  secret: "Secret",
  topic: "Topic",
  consumer: "Consumer",
  deadLetters: "Dead letters",
  logs: "Logs",
};

const outcomesInWords = { passed: "passed", refused: "refused here", failed: "failed here" };

interface PictureProps {
  readonly lights: Lights;
  readonly names: PartNames;
}

/** The picture, once for wide and once for narrow windows, of which CSS shows one. */
export function Picture({ lights, names }: PictureProps) {
  return (
    <figure class="picture">
      <Drawing class="wide" layout={wide} lights={lights} names={names} />
      <Drawing class="narrow" layout={narrow} lights={lights} names={names} />
      <figcaption class="visually-hidden">{inWords(lights)}</figcaption>
    </figure>
  );
}

function Drawing(props: PictureProps & { readonly class: string; readonly layout: Layout }) {
  const { layout, lights, names } = props;
  const { gateway, lines, parts, width, height } = layout;
  return (
    <svg class={props.class} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <rect class="gateway" rx="8" {...gateway} />
      <text class="kind" x={gateway.x + 12} y={gateway.y + 20}>
        API Gateway
      </text>
      {lines.map(({ from, to, path }) => (
        <path key={path} class={`line ${lineState(lights, from, to)}`} d={path} />
      ))}
      {partIds.map((id) => (
        <g key={id} class={`part ${lights.get(id) ?? "idle"}`}>
          <rect rx="6" {...parts[id]} />
          <Label place={parts[id]} kind={kinds[id]} name={names.get(id)} />
        </g>
      ))}
    </svg>
  );
}

interface LabelProps {
  readonly place: Place;
  readonly kind: string;
  readonly name: string | undefined;
}

function Label({ place, kind, name }: LabelProps) {
  const x = place.x + place.width / 2;
  const y = place.y + place.height / 2;
  // Of what was called by its kind, the kind says enough.
  if (name === undefined || name === kind) {
    return (
      <text x={x} y={y + 5}>
        {kind}
      </text>
    );
  }
  return (
    <>
      <text x={x} y={y - 3}>
        {kind}
      </text>
      <text class="name" x={x} y={y + 14}>
        {name}
      </text>
    </>
  );
}

/** A line is lit when the request went along it. */
const lineState = (lights: Lights, from: PartId, to: PartId) =>
  lights.has(from) && lights.has(to) && lights.get(from) !== "refused" ? "lit" : "idle";

/** What the picture shows, for those who do not see it. */
function inWords(lights: Lights): string {
  const reached = partIds.flatMap((id) => {
    const outcome = lights.get(id);
    return outcome === undefined ? [] : [`${kinds[id]} ${outcomesInWords[outcome]}`];
  });
  return reached.length === 0 ? "No request is shown." : `${reached.join(", ")}.`;
}
