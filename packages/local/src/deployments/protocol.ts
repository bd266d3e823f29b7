/** What the engine, a process of its own, and the local cloud say to each other. */
import * as z from "zod";

/** Environment variables by which an engine finds the local cloud that it applies resources to. */
export const engineEnvironmentSchema = z.object({
  LOCAL_CLOUD_ENGINE_URL: z.url(),
  LOCAL_CLOUD_ENGINE_TOKEN: z.string().min(32),
});

const properties = z.record(z.string(), z.unknown());

/** One resource as the program registers it; components are not `custom`. */
export const registrationSchema = z.object({
  urn: z.string(),
  type: z.string(),
  name: z.string(),
  parent: z.string(),
  custom: z.boolean(),
  /** A component that its provider's own process creates, with resources that are registered nowhere else. */
  remote: z.boolean().optional(),
  /** The id of a resource that is only looked up (`Resource.get`), not created. */
  existingId: z.string().optional(),
  /** Input properties whose changes count for nothing once the resource exists. */
  ignoreChanges: z.array(z.string()),
  /** Whether a replacement deletes the old resource first; the provider decides by default. */
  deleteBeforeReplace: z.boolean().optional(),
  /** The URNs of the resources that each input depends on. */
  dependencies: z.record(z.string(), z.array(z.string())),
  /** The URNs of every resource that it depends on, by an input or by `dependsOn`. */
  dependsOn: z.array(z.string()),
  inputs: properties,
});

/** A registered resource. */
export type Registration = z.infer<typeof registrationSchema>;

/** What became of a resource. */
export const operations = ["create", "update", "same", "delete"] as const;

/** The name of what became of it. */
export type Operation = (typeof operations)[number];

/** A resource that stands in the local cloud: its id and all its output properties. */
export const appliedSchema = z.object({
  operation: z.enum(operations),
  id: z.string(),
  outputs: properties,
});

/** What the local cloud answers to a registration. */
export type Applied = z.infer<typeof appliedSchema>;

/** A call for data (`aws.getRegion()` and the like). */
export const invokeSchema = z.object({ token: z.string(), inputs: properties });

/** Outputs that a component, or the stack itself, registers after its children. */
export const outputsSchema = z.object({ urn: z.string(), outputs: properties });

/** The deployment, or the removal, of a stage that begins. */
export const beginSchema = z.object({ stage: z.string() });

/** What the end of one has removed, in that order. */
export const endedSchema = z.object({
  removed: z.array(z.object({ urn: z.string(), type: z.string() })),
});

/** What the local cloud answers when it fails; the SST CLI shows the message. */
export const failureSchema = z.object({ message: z.string() });
