/** API keys: an id, a value that clients send, and whether the key is enabled. */
import { randomInt } from "node:crypto";
import { newId } from "./definition.ts";
import { ConfigurationError } from "./configuration-errors.ts";

/** An API key; its value is generated when none is given. */
export interface ApiKeyInput {
  id?: string | undefined;
  value?: string | undefined;
  enabled?: boolean | undefined;
}

/** A stored API key. */
export interface ApiKey {
  id: string;
  value: string;
  enabled: boolean;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** The API keys of an account. */
export function createApiKeys() {
  const keys = new Map<string, ApiKey>();

  /**
   * Creates an API key, or updates the one with this id, whose value stays by default.
   * @throws ConfigurationError for a value that is taken or has not 20 to 128 characters
   * (documented: APIGW/api-gateway-api-usage-plans).
   */
  function put(input: ApiKeyInput): ApiKey {
    const { id = newId(), enabled = true } = input;
    const value = input.value ?? keys.get(id)?.value ?? newValue();
    if (!/^\S{20,128}$/.test(value)) {
      throw new ConfigurationError(
        "BadRequestException",
        "The value of an API key has 20 to 128 characters and no space.",
      );
    }
    if (keys.values().some((key) => key.value === value && key.id !== id)) {
      throw new ConfigurationError("ConflictException", "There is an API key with this value.");
    }
    const key = { id, value, enabled };
    keys.set(id, key);
    return key;
  }

  return {
    put,

    /** Finds an API key by its id. */
    find: (id: string): ApiKey | undefined => keys.get(id),

    /** Removes an API key. */
    remove: (id: string): boolean => keys.delete(id),
  };
}

/** 40 letters and digits, as API Gateway generates them. */
function newValue(): string {
  return Array.from({ length: 40 }, () => alphabet[randomInt(alphabet.length)]).join("");
}
