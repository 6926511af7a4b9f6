import http from "node:http";
import type { AddressInfo } from "node:net";
import { type DarkMode, Proxy } from "../../emulator/proxy";

/** Stands for the server behind the proxy and says what reached it. */
const upstream = http.createServer((request, response) => {
  request.resume();
  response.end(JSON.stringify({ method: request.method, url: request.url, host: request.headers.host }));
});

let proxy: Proxy;

beforeAll(async () => {
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
});

afterAll(async () => {
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
});

beforeEach(async () => {
  proxy = new Proxy({ logLimit: 3 });
  await proxy.listen();
  proxy.forwardTo(upstreamUrl());
});

afterEach(() => proxy.close());

describe("Proxy", () => {
  test("forwards to the emulator, with the emulator's host", async () => {
    const answer = await ask({ path: "/acme-tf?versioning", scope: "ap-northeast-2/s3" });
    expect(answer).toEqual({
      status: 200,
      body: { method: "GET", url: "/acme-tf?versioning", host: upstreamUrl().host },
    });
  });

  test("logs region, service, operation and outcome", async () => {
    await ask({
      path: "/",
      scope: "ap-northeast-2/dynamodb",
      headers: { "x-amz-target": "DynamoDB_20120810.PutItem" },
    });
    expect(proxy.requests()).toEqual([
      {
        at: expect.any(Number) as number,
        region: "ap-northeast-2",
        service: "dynamodb",
        action: "PutItem",
        method: "GET",
        host: "127.0.0.1",
        path: "/",
        accessKey: "AKID",
        outcome: 200,
        dark: false,
      },
    ]);
  });

  test("reads the operation of the query protocol from the form", async () => {
    await ask({
      method: "POST",
      path: "/",
      scope: "ap-northeast-1/rds",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "Version=2014-10-31&Action=PromoteReadReplica&X=y",
    });
    expect(proxy.requests().map(({ action }) => action)).toEqual(["PromoteReadReplica"]);
  });

  test("reads the region of a presigned URL from its query", async () => {
    await ask({ path: "/b/k?X-Amz-Credential=AKID%2F20260101%2Feu-west-1%2Fs3%2Faws4_request" });
    expect(proxy.requests().map(({ region, service }) => [region, service])).toEqual([["eu-west-1", "s3"]]);
  });

  test("keeps unsigned requests apart", async () => {
    await ask({ path: "/b/k" });
    expect(proxy.requests().map(({ region, service }) => [region, service])).toEqual([["unsigned", "unsigned"]]);
  });

  test.each(["iam", "route53", "cloudfront", "organizations", "globalaccelerator"])(
    "%s is global, whatever region signs for it",
    async (service) => {
      expect((await ask({ path: "/", scope: `us-east-1/${service}` })).status).toBe(200);
      proxy.darken("global", "503");
      expect((await ask({ path: "/", scope: `ap-northeast-2/${service}` })).status).toBe(503);
      expect(proxy.requests().map(({ region }) => region)).toEqual(["global", "global"]);
    },
  );

  test("STS is of the region that signs for it", async () => {
    proxy.darken("us-east-1", "503");
    proxy.darken("global", "503");
    expect((await ask({ path: "/", scope: "ap-northeast-2/sts" })).status).toBe(200);
    expect((await ask({ path: "/", scope: "us-east-1/sts" })).status).toBe(503);
    expect(proxy.requests().map(({ region }) => region)).toEqual(["ap-northeast-2", "us-east-1"]);
  });

  test("turns a bucket's own host into a path", async () => {
    const answer = await askThrough("http://acme.tf.aws.test/key?versioning", "ap-northeast-2/s3");
    expect(answer.body).toEqual({ method: "GET", url: "/acme.tf/key?versioning", host: upstreamUrl().host });
  });

  test("leaves the account in front of S3 Control alone", async () => {
    const answer = await askThrough("http://111122223333.aws.test/v20180820/mrap/instances", "us-west-2/s3");
    expect(answer.body).toEqual({ method: "GET", url: "/v20180820/mrap/instances", host: upstreamUrl().host });
  });

  test("forwards to AWS only", async () => {
    expect((await askThrough("http://example.com/", "us-east-1/s3")).status).toBe(403);
    expect(proxy.requests()).toEqual([]);
  });
});

describe("a dark region", () => {
  test("reset closes the connection", async () => {
    proxy.darken("ap-northeast-2", "reset");
    await expect(ask({ path: "/", scope: "ap-northeast-2/ec2" })).rejects.toThrow("ECONNRESET");
    expect(outcomes()).toEqual([["ap-northeast-2", "reset", true]]);
  });

  test.each(["reset", "hang", "503"] as const)("is named what it was asked: %s", async (mode) => {
    proxy.darken("ap-northeast-2", mode);
    const asked = ask({
      method: "POST",
      path: "/",
      scope: "ap-northeast-2/ec2",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "Action=DescribeVpcs",
    }).catch(() => undefined);
    if (mode === "hang") await new Promise((resolve) => setTimeout(resolve, 150));
    else await asked;
    expect(proxy.requests({ dark: true }).map(({ action }) => action)).toEqual(["DescribeVpcs"]);
  });

  test("503 says that it is unavailable", async () => {
    proxy.darken("ap-northeast-2", "503");
    expect((await ask({ path: "/", scope: "ap-northeast-2/ec2" })).status).toBe(503);
    expect(outcomes()).toEqual([["ap-northeast-2", 503, true]]);
  });

  test("hang never answers, and lets go when the region is lit", async () => {
    proxy.darken("ap-northeast-2", "hang");
    const asked = ask({ path: "/", scope: "ap-northeast-2/ec2" });
    const first = await Promise.race([
      asked.catch(() => "answered"),
      new Promise((resolve) => setTimeout(() => resolve("silent"), 150)),
    ]);
    expect(first).toBe("silent");
    proxy.lighten("ap-northeast-2");
    await expect(asked).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(outcomes()).toEqual([["ap-northeast-2", "hang", true]]);
  });

  test("leaves the other regions as they are", async () => {
    proxy.darken("ap-northeast-2", "reset");
    expect((await ask({ path: "/", scope: "ap-northeast-1/ec2" })).status).toBe(200);
  });

  test.each<[string, string | undefined]>([
    ["one region", "ap-northeast-2"],
    ["all regions", undefined],
  ])("is lit again with %s", async (_, region) => {
    proxy.darken("ap-northeast-2", "reset");
    proxy.lighten(region);
    expect((await ask({ path: "/", scope: "ap-northeast-2/ec2" })).status).toBe(200);
    expect([...proxy.darkRegions()]).toEqual([]);
  });

  test.each<[string, readonly [string, DarkMode][], number]>([
    ["answers while one of its regions is lit", [["ap-northeast-2", "503"]], 200],
    [
      "is dark when all of its regions are",
      [
        ["ap-northeast-2", "503"],
        ["ap-northeast-1", "503"],
      ],
      503,
    ],
  ])("a Multi-Region Access Point %s", async (_, dark, status) => {
    dark.forEach(([region, mode]) => proxy.darken(region, mode));
    const headers = {
      authorization: "AWS4-ECDSA-P256-SHA256 Credential=AKID/20260101/s3/aws4_request",
      "x-amz-region-set": "ap-northeast-2,ap-northeast-1",
    };
    expect((await ask({ path: "/k", headers })).status).toBe(status);
    expect(proxy.requests().map(({ region }) => region)).toEqual(["ap-northeast-2,ap-northeast-1"]);
  });
});

describe("a dark region that holds a control plane", () => {
  test.each([
    ["us-east-1", "ap-northeast-2/iam"],
    ["us-east-1", "ap-northeast-2/organizations"],
    ["us-east-1", "ap-northeast-2/account"],
    ["us-east-1", "ap-northeast-2/route53"],
    ["us-east-1", "ap-northeast-2/cloudfront"],
    ["us-east-1", "ap-northeast-2/shield"],
    ["us-west-2", "ap-northeast-2/globalaccelerator"],
    ["us-west-2", "ap-northeast-2/networkmanager"],
    ["us-west-2", "ap-northeast-2/route53-recovery-control-config"],
    ["us-west-2", "ap-northeast-2/route53-recovery-readiness"],
    ["cn-north-1", "cn-northwest-1/iam"],
  ])("%s takes %s along, and no other region does", async (holder, scope) => {
    for (const region of ["us-east-1", "us-west-2", "cn-north-1"]) {
      if (region !== holder) proxy.darken(region, "503");
    }
    expect((await ask({ path: "/", scope })).status).toBe(200);
    proxy.darken(holder, "503");
    expect((await ask({ path: "/", scope })).status).toBe(503);
    expect(outcomes()).toEqual([
      ["global", 200, false],
      ["global", 503, true],
    ]);
  });

  test.each([
    ["us-gov-east-1/iam", "AWS names no region for it"],
    ["cn-north-1/route53", "AWS names no region for it"],
    ["ap-northeast-2/route53-recovery-cluster", "routing controls are turned in five regions"],
    ["ap-northeast-2/rds", "it is of its region"],
  ])("leaves %s alone: %s", async (scope) => {
    for (const region of ["us-east-1", "us-west-2", "cn-northwest-1", "us-gov-west-1"]) proxy.darken(region, "503");
    expect((await ask({ path: "/", scope })).status).toBe(200);
  });

  test.each([
    ["PUT", "/acme-media"],
    ["DELETE", "/acme-media"],
    ["PUT", "/acme-media?versioning"],
    ["PUT", "/acme-media/?policy&x-id=PutBucketPolicy"],
    ["DELETE", "/acme-media?replication"],
  ])("us-east-1 takes %s %s along, a change of a bucket in any region", async (method, path) => {
    proxy.darken("us-east-1", "503");
    expect((await ask({ method, path, scope: "ap-northeast-2/s3" })).status).toBe(503);
    expect(outcomes()).toEqual([["ap-northeast-2", 503, true]]);
  });

  test.each([
    ["PUT", "/acme-media/key", "ap-northeast-2/s3"],
    ["DELETE", "/acme-media/key?versionId=1", "ap-northeast-2/s3"],
    ["GET", "/acme-media?versioning", "ap-northeast-2/s3"],
    ["HEAD", "/acme-media", "ap-northeast-2/s3"],
    ["PUT", "/acme-media?metrics&id=all", "ap-northeast-2/s3"],
    ["PUT", "/acme-media", "cn-northwest-1/s3"],
    ["DELETE", "/2015-03-31", "ap-northeast-2/lambda"],
  ])("us-east-1 leaves %s %s of %s alone", async (method, path, scope) => {
    proxy.darken("us-east-1", "503");
    expect((await ask({ method, path, scope })).status).toBe(200);
  });

  test("sees a bucket that is named by the host", async () => {
    proxy.darken("us-east-1", "503");
    expect((await askThrough("http://acme.tf.aws.test/key", "ap-northeast-2/s3", "PUT")).status).toBe(200);
    expect((await askThrough("http://acme.tf.aws.test/?versioning", "ap-northeast-2/s3", "PUT")).status).toBe(503);
  });

  test("can be dark in one service", async () => {
    proxy.darken("ap-northeast-2", "503", { services: ["s3"] });
    expect((await ask({ path: "/acme", scope: "ap-northeast-2/s3" })).status).toBe(503);
    expect((await ask({ path: "/", scope: "ap-northeast-2/sts" })).status).toBe(200);
  });

  test("can be dark without it", async () => {
    proxy.darken("us-east-1", "503", { controlPlanes: "lit" });
    expect((await ask({ path: "/", scope: "ap-northeast-2/iam" })).status).toBe(200);
    expect((await ask({ path: "/", scope: "us-east-1/ec2" })).status).toBe(503);
  });

  test("releases the requests that hang there when it is lit", async () => {
    proxy.darken("us-east-1", "hang");
    const asked = ask({ path: "/", scope: "ap-northeast-2/iam" });
    await new Promise((resolve) => setTimeout(resolve, 150));
    proxy.lighten("us-east-1");
    await expect(asked).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(outcomes()).toEqual([["global", "hang", true]]);
  });
});

describe("the request log", () => {
  test("can be filtered", async () => {
    await ask({ path: "/", scope: "ap-northeast-2/ec2" });
    await ask({ path: "/", scope: "ap-northeast-1/ec2" });
    expect(proxy.requests({ region: "ap-northeast-1" }).map(({ region }) => region)).toEqual(["ap-northeast-1"]);
    expect(proxy.requests((request) => request.service === "s3")).toEqual([]);
  });

  test("refuses to answer once it had to drop requests", async () => {
    for (let n = 0; n < 4; n += 1) await ask({ path: "/", scope: "ap-northeast-2/ec2" });
    expect(proxy.log.dropped).toBe(1);
    expect(() => proxy.requests()).toThrow("the request log was full at 3, 1 later requests are missing");
    proxy.log.clear();
    expect(proxy.requests()).toEqual([]);
  });
});

function outcomes(): unknown[] {
  return proxy.requests().map(({ region, outcome, dark }) => [region, outcome, dark]);
}

function upstreamUrl(): URL {
  return new URL(`http://127.0.0.1:${(upstream.address() as AddressInfo).port}`);
}

interface Question {
  readonly method?: string;
  readonly path: string;
  readonly scope?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

function ask({ method = "GET", path, scope, headers = {}, body }: Question): Promise<Answer> {
  const { hostname, port } = proxy.url;
  return send({ hostname, port, method, path, headers: { ...signedFor(scope), ...headers } }, body);
}

/** As a client does that takes the proxy from HTTP_PROXY. */
function askThrough(url: string, scope: string, method = "GET"): Promise<Answer> {
  const { hostname, port } = proxy.url;
  return send({ hostname, port, method, path: url, headers: { ...signedFor(scope), host: new URL(url).host } });
}

function signedFor(scope: string | undefined): Record<string, string> {
  return scope === undefined
    ? {}
    : {
        authorization: `AWS4-HMAC-SHA256 Credential=AKID/20260101/${scope}/aws4_request, SignedHeaders=host, Signature=0`,
      };
}

function send(options: http.RequestOptions, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request({ ...options, agent: false }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          body: text.startsWith("{") ? (JSON.parse(text) as unknown) : text,
        }),
      );
      response.on("error", reject);
    });
    request.on("error", reject);
    request.end(body);
  });
}
