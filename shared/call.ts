import type * as z from 'zod';

/** One call of the contract: what goes in and what comes out. */
export interface Call<In extends z.ZodType = z.ZodType, Out extends z.ZodType = z.ZodType> {
  input: In;
  output: Out;
}

/** Declares a call. */
export function call<In extends z.ZodType, Out extends z.ZodType>(input: In, output: Out): Call<In, Out> {
  return { input, output };
}
