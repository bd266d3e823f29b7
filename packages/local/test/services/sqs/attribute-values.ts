/** Message attributes of a type. */

export const string = (StringValue: string) => ({ DataType: "String", StringValue });
export const number = (StringValue: string) => ({ DataType: "Number", StringValue });
export const array = (...values: unknown[]) => ({
  DataType: "String.Array",
  StringValue: JSON.stringify(values),
});
