/**
 * A shop's orders, active in Seoul, with a pilot light in Tokyo. Tokyo holds live data, and compute at zero.
 */
import { App } from "cdktf";
import { autoScaling, bucket, dns, Duration, PilotLight, postgres, ssmImage, table } from "../../stacks";

const app = new App();

new PilotLight(app, "orders", {
  sites: {
    seoul: { region: "ap-northeast-2", account: "111122223333", state: { bucket: "acme-tf-seoul" } }, // first = home
    tokyo: { region: "ap-northeast-1", account: "111122223333", state: { bucket: "acme-tf-tokyo" } },
  },
  objectives: { rto: Duration.minutes(45), rpo: Duration.minutes(15) },
  data: {
    ledger: postgres({ instanceClass: "db.r6g.large", storageGiB: 200 }),
    carts: table({ partitionKey: { name: "id", type: "S" } }),
    receipts: bucket(),
  },
  compute: {
    api: autoScaling({
      image: ssmImage("/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"),
      instanceType: "m7g.large",
      userData: "#!/bin/sh\nsystemd-run --uid=nobody python3 -m http.server -d /srv 8080", // until you have a server
      capacity: { active: 6 },
      uses: ["ledger", "carts", "receipts"],
    }),
  },
  frontDoor: dns({ zone: "example.com", record: "orders" }),
});

app.synth();
