/** What requests and responses hold: schemas, each with an example. */
import { nameSchema } from "@secure-lambda/core/name";
import * as z from "zod/mini";

type ObjectSchema = z.ZodMiniType<object, object>;

/** A schema of an object, and an example of what it takes. */
export interface Described<S extends ObjectSchema = ObjectSchema> {
  readonly schema: S;
  readonly example: z.input<S>;
}

/** A body; `model` is its name in API Gateway and OpenAPI. */
export type Body<S extends ObjectSchema = ObjectSchema> = Described<S> & {
  readonly model: string;
};
const body = <S extends ObjectSchema>(described: Body<S>) => described;

/** The body of a request to greet; unknown keys are refused. */
export const greetRequest = body({
  model: "GreetRequest",
  schema: z.strictObject({ name: nameSchema }),
  example: { name: "Ada" },
});
export type GreetRequestBody = z.infer<typeof greetRequest.schema>;

/** The body of the response to it. */
export const greetResponse = body({
  model: "GreetResponse",
  schema: z.strictObject({ message: z.string(), messageId: z.string().check(z.minLength(1)) }),
  example: { message: "Hello Ada.", messageId: "00000000-0000-4000-8000-000000000000" },
});
export type GreetResponseBody = z.infer<typeof greetResponse.schema>;
