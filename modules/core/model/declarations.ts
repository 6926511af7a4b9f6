import { Copy } from "./copies";
import { Procedure } from "./procedures";
import { Signal } from "./signals";

/** The facts that a construct knows about its part. It declares no others. */
export interface Declaration {
  /** Ways in which the part's data reaches a place. @default - none */
  readonly copies?: readonly Copy[];
  /** @default - none */
  readonly signals?: readonly Signal[];
  /** @default - none */
  readonly procedures?: readonly Procedure[];
}
