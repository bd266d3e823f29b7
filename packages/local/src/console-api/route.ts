/** A route of the console's API: what it takes and returns, by schemas, and what it does. */
import * as z from "zod";
import { invalidInput } from "./problem.ts";

/** What a request has, before it is checked. */
export interface RawInput {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown;
}

interface Described {
  readonly method: "get" | "post" | "delete";
  /** Below the API's path, with `{parameters}`. */
  readonly path: `/${string}`;
  readonly operationId: string;
  readonly summary: string;
  readonly status?: 200 | 201 | 204;
  /** The result is a stream of server-sent events, each with `result` as its data. */
  readonly isStream?: boolean;
}

interface Schemas<Params, Query, Body, Result> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly result: Result;
}

/** A route whose input is checked by `call`, which throws ApiProblem. */
export interface Route
  extends
    Described,
    Schemas<z.ZodType, z.ZodType, z.ZodType | undefined, z.core.$ZodType | undefined> {
  call(input: RawInput): unknown;
}

type Definition<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Result extends z.core.$ZodType,
> = Described &
  Schemas<Params, Query, Body, Result> & {
    readonly handle: (input: {
      readonly params: z.output<Params>;
      readonly query: z.output<Query>;
      readonly body: z.output<Body>;
    }) => z.input<Result> | ReadableStream<string> | Promise<z.input<Result>>;
  };

const noBody = z.undefined();
const noResult = z.undefined();

/** What a route takes and returns that says nothing else. */
export const bare = {
  params: z.strictObject({}),
  query: z.strictObject({}),
  body: noBody,
  result: noResult,
};

/** Defines a route. */
export function defineRoute<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Result extends z.core.$ZodType,
>({ handle, ...route }: Definition<Params, Query, Body, Result>): Route {
  const { params, query, body, result } = route;
  return {
    ...route,
    body: isSame(body, noBody) ? undefined : body,
    result: isSame(result, noResult) ? undefined : result,
    call(raw) {
      const input = z.object({ params, query, body }).safeParse(raw);
      if (!input.success) throw invalidInput(input.error);
      return handle({
        params: params.parse(raw.params),
        query: query.parse(raw.query),
        body: body.parse(raw.body),
      });
    },
  };
}

function isSame(one: z.core.$ZodType, other: z.core.$ZodType): boolean {
  return one === other;
}
