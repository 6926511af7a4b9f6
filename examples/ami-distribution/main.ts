/**
 * Golden images of Seoul in Tokyo, a pilot light. Tokyo copies two releases, publishes one of them, and starts its
 * group from it, in reserved capacity. To go back to the other release, change one line. It needs nothing of Seoul.
 */
import { App, TerraformStack } from "cdktf";
import { imageById, ImageCopy, ImagePublication } from "../../modules/ami-distribution";
import { AutoScalingGroup, autoScalingKeyStatements, CapacityReservation } from "../../modules/auto-scaling";
import { SiteKey } from "../../modules/kms-keys";
import { Network } from "../../modules/network";
import { Site, StateBackend } from "../../modules/site";

const SEOUL = "ap-northeast-2";
const TOKYO = { name: "tokyo", region: "ap-northeast-1", account: "111122223333" };
const RELEASES = { "1.4.1": "ami-0123456789abcdef0", "1.4.2": "ami-0fedcba9876543210" };
const CURRENT: keyof typeof RELEASES = "1.4.2";

const app = new App();
const stack = new TerraformStack(app, "orders-tokyo");
new StateBackend(stack, { bucket: "acme-tf-tokyo", prefix: "tokyo", region: TOKYO.region });
const tokyo = new Site(stack, "Default", TOKYO);
const key = new SiteKey(tokyo, "Key", { alias: "orders-tokyo", statements: autoScalingKeyStatements(tokyo) });

const copies = new Map(
  Object.entries(RELEASES).map(([release, imageId]) => {
    const source = imageById(imageId, SEOUL);
    return [
      release,
      new ImageCopy(tokyo, `Release-${release}`, { name: `orders-${release}`, kmsKeyArn: key.kmsKeyArn, source }),
    ];
  }),
);
const published = new ImagePublication(tokyo, "Image", {
  parameter: "/orders/ami",
  imageId: copies.get(CURRENT)!.imageId,
});

const { vpcId, privateSubnetIds: subnetIds } = new Network(tokyo, "Network", { cidr: "10.21.0.0/16" });
const rooms = ["a", "c"].map(
  (zone) =>
    new CapacityReservation(tokyo, `Room-${zone}`, {
      name: `orders-${zone}`,
      availabilityZone: `${TOKYO.region}${zone}`,
      instanceType: "m7g.large",
      instanceCount: 3,
    }),
);
new AutoScalingGroup(tokyo, "Api", {
  name: "orders-api",
  vpcId,
  subnetIds,
  kmsKeyArn: key.kmsKeyArn,
  image: published.image,
  instanceType: "m7g.large",
  mixedInstances: { instanceTypes: ["m6g.large"] },
  reservedCapacity: { reservationIds: rooms.map(({ reservationId }) => reservationId) },
  capacity: { min: 0, desired: 0, max: 12 },
  activeCapacity: { min: 6, desired: 6, max: 12 },
});

app.synth();
