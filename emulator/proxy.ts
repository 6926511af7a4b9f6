import http, { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type LoggedRequest, type RequestFilter, RequestLog } from "./request-log";
import { type Scope, scopeOf } from "./request-scope";

/** The host that stands for all of AWS. Not loopback, because Go's HTTP client bypasses proxies for loopback hosts. */
export const AWS_HOST = "aws.test";

/**
 * How a dark region answers: `reset` closes the connection, `hang` accepts and never answers, `503` says it is unavailable.
 * Clients behave differently in all three.
 */
export type DarkMode = "reset" | "hang" | "503";

export interface DarkOptions {
  /**
   * Whether the control planes that AWS runs only in this region are dark too, such as IAM's and Route 53's in us-east-1. If so, they
   * answer no region. Use `lit` to find the requests to the region itself.
   *
   * @default "dark"
   */
  readonly controlPlanes?: "dark" | "lit";
  /** The only services that are dark, by the names they sign with. @default - all of them */
  readonly services?: readonly string[];
}

interface Darkness extends DarkOptions {
  readonly mode: DarkMode;
}

export interface ProxyOptions {
  /** @default 500_000 */
  readonly logLimit?: number;
}

/**
 * A proxy between every client and the emulator. It reads the region of each request from the signature, so it can make one region dark
 * while its state survives. Its log proves which regions were asked.
 *
 * Serves as a forward proxy (`HTTP_PROXY`, with endpoint `http://aws.test`) and as a plain endpoint.
 */
export class Proxy {
  readonly log: RequestLog;
  private readonly server = http.createServer((request, response) => this.serve(request, response));
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  private readonly dark = new Map<string, Darkness>();
  private readonly hanging = new Set<{ region: string; socket: Socket }>();
  private upstream: URL | undefined;

  constructor(options: ProxyOptions = {}) {
    this.log = new RequestLog(options.logLimit ?? 500_000);
    this.server.on("connect", (_request, socket) => socket.end("HTTP/1.1 501 Only plain HTTP\r\n\r\n"));
    // Terraform holds many requests open at once, some of them for as long as a dark region hangs.
    this.server.requestTimeout = 0;
  }

  /** Starts listening on a free port of the loopback interface. */
  async listen(): Promise<URL> {
    await new Promise<void>((resolve, reject) => {
      this.server.once("error", reject);
      this.server.listen(0, "127.0.0.1", resolve);
    });
    return this.url;
  }

  get url(): URL {
    return new URL(`http://127.0.0.1:${(this.server.address() as AddressInfo).port}`);
  }

  forwardTo(upstream: URL): void {
    this.upstream = upstream;
  }

  darken(region: string, mode: DarkMode, options: DarkOptions = {}): void {
    this.dark.set(region, { mode, ...options });
  }

  /** Lights one region, or all. Requests that hang are cut off, as connections are when a network comes back. */
  lighten(region?: string): void {
    if (region === undefined) this.dark.clear();
    else this.dark.delete(region);
    for (const held of this.hanging) {
      if (region === undefined || held.region === region) held.socket.destroy();
    }
  }

  darkRegions(): ReadonlyMap<string, DarkMode> {
    return new Map([...this.dark].map(([region, { mode }]) => [region, mode]));
  }

  requests(filter?: RequestFilter): LoggedRequest[] {
    return this.log.entries(filter);
  }

  async close(): Promise<void> {
    this.agent.destroy();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? "/", `http://${request.headers.host ?? AWS_HOST}`);
    if (!isAws(url.hostname)) {
      response.writeHead(403).end(`this proxy serves AWS only, not ${url.hostname}\n`);
      return;
    }
    const path = pathStyle(url);
    const scope = scopeOf(request, url, path);
    const region = this.darkRegionOf(scope);
    const mode = region === undefined ? undefined : this.dark.get(region)?.mode;
    const entry = this.log.add(entryFor(request, url, path, scope, mode));
    readActionOfQueryProtocol(request, entry);
    if (region === undefined || mode === undefined) this.forward(request, response, path + url.search, entry);
    else this.refuse(mode, region, request, response);
  }

  /**
   * The dark region because of which a request is refused. If any of several regions may answer, a request is refused only if all of them
   * are dark. A request that needs a control plane is also refused if the region of the control plane is dark.
   */
  private darkRegionOf({ regions, service, controlPlane }: Scope): string | undefined {
    if (regions.every((region) => this.isDark(region, service))) return regions[0];
    if (controlPlane === undefined || this.dark.get(controlPlane)?.controlPlanes === "lit") return undefined;
    return this.isDark(controlPlane, service) ? controlPlane : undefined;
  }

  private isDark(region: string, service: string): boolean {
    const darkness = this.dark.get(region);
    return darkness !== undefined && (darkness.services?.includes(service) ?? true);
  }

  private refuse(mode: DarkMode, region: string, request: IncomingMessage, response: ServerResponse): void {
    if (mode === "503") {
      request.resume();
      response.writeHead(503, { "content-type": "text/plain" }).end("Service Unavailable");
    } else if (mode === "reset") {
      const reset = (): void => void request.socket.resetAndDestroy();
      if (!isQueryProtocol(request)) return reset();
      // once it has said what it asks, so that the log can name it
      request.once("data", reset).once("end", reset);
    } else {
      const held = { region, socket: request.socket };
      this.hanging.add(held);
      request.socket.once("close", () => this.hanging.delete(held));
    }
  }

  private forward(request: IncomingMessage, response: ServerResponse, path: string, entry: LoggedRequest): void {
    if (this.upstream === undefined) {
      response.writeHead(502).end("the emulator is not started\n");
      return;
    }
    const { hostname, port, host } = this.upstream;
    const headers: IncomingHttpHeaders = { ...request.headers, host };
    delete headers["proxy-connection"];
    const onward = http.request(
      { hostname, port, method: request.method, path, headers, agent: this.agent },
      (answer) => {
        entry.outcome = answer.statusCode ?? 0;
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(response);
      },
    );
    onward.on("error", () => {
      entry.outcome = "reset";
      response.destroy();
    });
    response.on("close", () => {
      if (!response.writableFinished) onward.destroy();
    });
    request.pipe(onward);
  }
}

function entryFor(
  request: IncomingMessage,
  url: URL,
  path: string,
  scope: Scope,
  mode: DarkMode | undefined,
): LoggedRequest {
  return {
    at: Date.now(),
    region: scope.regions.join(","),
    service: scope.service,
    action: String(request.headers["x-amz-target"] ?? "").replace(/^.*\./, ""),
    method: request.method ?? "",
    host: url.hostname,
    path,
    accessKey: scope.accessKey,
    outcome: mode === undefined ? "pending" : mode === "503" ? 503 : mode,
    dark: mode !== undefined,
  };
}

/** Query-protocol services (RDS, EC2, Auto Scaling, STS ...) name the operation in the form they post. */
function readActionOfQueryProtocol(request: IncomingMessage, entry: LoggedRequest): void {
  if (!isQueryProtocol(request)) return;
  request.once("data", (chunk: Buffer) => {
    entry.action = /(?:^|&)Action=([A-Za-z0-9]+)/.exec(chunk.toString("latin1"))?.[1] ?? entry.action;
  });
}

function isQueryProtocol({ headers }: IncomingMessage): boolean {
  return headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
}

function isAws(hostname: string): boolean {
  return (
    hostname === AWS_HOST ||
    /\.(aws\.test|amazonaws\.com|localhost)$/.test(hostname) ||
    /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname)
  );
}

/** `bucket.aws.test/key` becomes `/bucket/key`. A 12-digit prefix is an account of S3 Control, not a bucket. */
function pathStyle(url: URL): string {
  const bucket = /^(.+)\.(?:aws\.test|localhost)$/.exec(url.hostname)?.[1];
  return bucket === undefined || /^\d{12}$/.test(bucket) ? url.pathname : `/${bucket}${url.pathname}`;
}
