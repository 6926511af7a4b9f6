import { NO_VERSION_CHECK, UNATTENDED } from "../terraform";
import { install } from "./install";
import { AWS_HOST, type DarkMode, type DarkOptions, Proxy, type ProxyOptions } from "./proxy";
import type { LoggedRequest, RequestFilter } from "./request-log";
import { ServerProcess } from "./server-process";

/** The account of requests that have not assumed a role elsewhere. */
export const DEFAULT_ACCOUNT = "111122223333";

const START_LIMIT_MS = 60_000;

export interface EmulatorOptions extends ProxyOptions {
  /** @default "111122223333" */
  readonly account?: string;
  /** Folder its Python is installed in, the first time. @default - its own */
  readonly installIn?: string;
  /**
   * Whether replicas of databases start with the backup settings of their source. On AWS they start without. It saves a wait of 80 seconds
   * per replica in Terraform's provider.
   *
   * @default false
   */
  readonly quickReplicas?: boolean;
  /** How long the server may take to start, in milliseconds. @default 60_000 */
  readonly startLimitMs?: number;
}

/** The settings of an AWS SDK client for the emulator. */
export interface SdkConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  readonly maxAttempts: number;
}

/**
 * AWS on this machine: moto with our corrections, behind a proxy that can make a region dark.
 *
 * @example
 * const emulator = await Emulator.start();
 * emulator.darken("ap-northeast-2", "reset");
 * ...
 * await emulator.stop();
 */
export class Emulator {
  static async start(options: EmulatorOptions = {}): Promise<Emulator> {
    const python = await install(options.installIn);
    const proxy = new Proxy(options);
    const endpoint = await proxy.listen();
    const account = options.account ?? DEFAULT_ACCOUNT;
    const server = new ServerProcess(python, {
      MOTO_ACCOUNT_ID: account,
      EMULATOR_ENDPOINT: endpoint.origin,
      ...(options.quickReplicas && { EMULATOR_QUICK_REPLICAS: "1" }),
    });
    const emulator = new Emulator(account, proxy, server);
    try {
      await emulator.connect(options.startLimitMs ?? START_LIMIT_MS);
    } catch (fault) {
      await emulator.stop();
      throw fault;
    }
    return emulator;
  }

  /** Where SDK clients reach it: the proxy, so that dark regions are dark for them too. */
  readonly endpoint: string;
  private stopped = false;
  private upstream: URL | undefined;

  private constructor(
    readonly account: string,
    private readonly proxy: Proxy,
    private readonly server: ServerProcess,
  ) {
    this.endpoint = proxy.url.origin;
  }

  private async connect(limitMs: number): Promise<void> {
    this.upstream = await this.server.address(limitMs);
    this.proxy.forwardTo(this.upstream);
  }

  /** Ends the server and the proxy. Calling it twice is harmless. */
  async stop(): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    await this.server.stop();
    await this.proxy.close();
  }

  /** Forgets all resources and requests and lights all regions; keeps the process. */
  async reset(): Promise<void> {
    this.proxy.lighten();
    const answer = await fetch(`${this.endpoint}/moto-api/reset`, { method: "POST" });
    if (!answer.ok) throw new Error(`the emulator could not be reset: HTTP ${answer.status}`);
    await answer.arrayBuffer();
    this.proxy.log.clear();
  }

  /**
   * Makes every endpoint of a region unreachable, and the control planes that AWS runs only there. For us-east-1, these are IAM's and Route
   * 53's, for all regions. `global` darkens the services with one control plane and no region.
   */
  darken(region: string, mode: DarkMode = "reset", options: DarkOptions = {}): void {
    this.proxy.darken(region, mode, options);
  }

  /** Ends the outage of a region, or of all. Its resources are as they were. */
  lighten(region?: string): void {
    this.proxy.lighten(region);
  }

  darkRegions(): ReadonlyMap<string, DarkMode> {
    return this.proxy.darkRegions();
  }

  /** All requests so far that match, oldest first. Throws rather than answer from a log that had to drop some. */
  requests(filter?: RequestFilter): LoggedRequest[] {
    return this.proxy.requests(filter);
  }

  /** Past the proxy: never dark, never logged. For inspecting existing resources, not for clients under test. */
  get endpointBehindProxy(): string {
    if (this.upstream === undefined) throw new Error("the emulator is not started");
    return this.upstream.origin;
  }

  clearRequests(): void {
    this.proxy.log.clear();
  }

  /** The last lines of the server's output, which show its errors. */
  serverOutput(): string {
    return this.server.output;
  }

  /**
   * Variables for Terraform, cdktf and the AWS CLI, so that stacks are applied as they are, without an endpoint in them.
   * SDKs for JavaScript ignore `HTTP_PROXY`: give their clients `sdkConfig` instead.
   */
  environment(): Record<string, string> {
    return {
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_ENDPOINT_URL: `http://${AWS_HOST}`,
      ...NO_VERSION_CHECK,
      CI: "1",
      HTTP_PROXY: this.endpoint,
      http_proxy: this.endpoint,
      NO_PROXY: "",
      no_proxy: "",
      ...UNATTENDED,
    };
  }

  /** Configuration of an SDK client for one region. */
  sdkConfig(region: string, credentials: SdkConfig["credentials"] = TEST_CREDENTIALS): SdkConfig {
    return { endpoint: this.endpoint, region, credentials, maxAttempts: 2 };
  }
}

const TEST_CREDENTIALS = { accessKeyId: "test", secretAccessKey: "test" };
