/**
 * A pilot light in another account. An attacker who takes over the first account cannot reach the copies. Buckets and
 * compute work across accounts. AWS copies databases and tables within one account only, so the library refuses them
 * here.
 */
import { App } from "cdktf";
import { autoScaling, bucket, Duration, PilotLight, ssmImage } from "../../stacks";

const app = new App();

new PilotLight(app, "archive", {
  sites: {
    seoul: { region: "ap-northeast-2", account: "111122223333", state: { bucket: "acme-tf-seoul" } },
    tokyo: {
      region: "ap-northeast-1",
      account: "444455556666",
      assumeRole: { roleArn: "arn:aws:iam::444455556666:role/terraform" },
      state: { bucket: "acme-tf-tokyo" },
    },
  },
  objectives: { rto: Duration.hours(2), rpo: Duration.minutes(15) },
  data: {
    documents: bucket({
      objectLock: true,
      objectLockRetention: { mode: "GOVERNANCE", days: 365 },
      lifecycle: [{ id: "age", transitions: [{ afterDays: 90, storageClass: "GLACIER_IR" }] }],
    }),
  },
  compute: {
    viewer: autoScaling({
      image: ssmImage("/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"),
      instanceType: "m7g.large",
      userData: "#!/bin/sh\nsystemd-run --uid=nobody python3 -m http.server -d /srv 8080", // until you have a server
      capacity: { active: 2 },
    }),
  },
});

app.synth();
