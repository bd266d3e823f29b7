/** The app's name: in SST, in the names of its AWS resources and in the types of its problems. */
export const appName = "secure-lambda";
