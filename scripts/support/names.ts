/** The physical names that stacks/ gives to what the commands work on. */

/** The name of a part of a stage, such as `secure-lambda-prod-DeadLetters`. */
export function physicalName(stage: string, part: string): string {
  return `secure-lambda-${stage}-${part}`;
}
