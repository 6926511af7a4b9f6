/** One request that reached the proxy, with its outcome. */
export interface LoggedRequest {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The region it was signed for, `global` or `unsigned`; several, comma-separated, for a Multi-Region Access Point. */
  readonly region: string;
  readonly service: string;
  /** The API operation where the request names it (JSON and query protocols), else empty. */
  action: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly accessKey: string;
  /** HTTP status answered; `reset`, `hang` for a dark region; `pending` while it is being answered. */
  outcome: number | "reset" | "hang" | "pending";
  /** Whether the region was dark when it arrived. */
  readonly dark: boolean;
}

export type RequestFilter =
  | Partial<Pick<LoggedRequest, "region" | "service" | "action" | "method" | "dark">>
  | ((request: LoggedRequest) => boolean);

/** Everything that was asked, in order. It is evidence, so it never shortens itself silently. */
export class RequestLog {
  private kept: LoggedRequest[] = [];
  private lost = 0;

  constructor(private readonly limit: number) {}

  add(request: LoggedRequest): LoggedRequest {
    if (this.kept.length < this.limit) this.kept.push(request);
    else this.lost += 1;
    return request;
  }

  /** How many requests came after the log was full. */
  get dropped(): number {
    return this.lost;
  }

  /** The requests that match, oldest first. */
  entries(filter: RequestFilter = {}): LoggedRequest[] {
    if (this.lost > 0) {
      throw new Error(
        `the request log was full at ${this.limit}, ${this.lost} later requests are missing; raise logLimit or clear the log earlier`,
      );
    }
    const matches = typeof filter === "function" ? filter : (request: LoggedRequest) => agrees(request, filter);
    return this.kept.filter(matches);
  }

  clear(): void {
    this.kept = [];
    this.lost = 0;
  }
}

function agrees(request: LoggedRequest, wanted: Exclude<RequestFilter, (...args: never) => unknown>): boolean {
  return Object.entries(wanted).every(([key, value]) => request[key as keyof typeof wanted] === value);
}
