/** What both functions have in common. */

export const lambdaDefaults = {
  runtime: "nodejs24.x",
  architecture: "arm64",
  memory: "256 MB",
  timeout: "10 seconds",
  logging: { format: "json", retention: "1 month" },
} as const;
