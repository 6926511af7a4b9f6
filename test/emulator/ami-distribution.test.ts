/**
 * Proves, with Terraform and the embedded AWS, that copies of images and their published ids can be applied. A group then starts from them
 * in reserved capacity. With the source's region dark, no stack asks it and another release can be published. A new source is copied before
 * the old copy is destroyed. Does not prove that an image has the same contents as its source.
 */
import { DescribeImagesCommand, EC2Client, RegisterImageCommand } from "@aws-sdk/client-ec2";
import { App, TerraformStack } from "cdktf";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callJson, Emulator, Terraform, TerraformStackRun } from "../../emulator";
import { imageById, imageByParameter, ImageCopy, ImagePublication } from "../../modules/ami-distribution";
import { ami, AutoScalingGroup, autoScalingKeyStatements, CapacityReservation } from "../../modules/auto-scaling";
import { Duration } from "../../modules/core";
import { SiteKey } from "../../modules/kms-keys";
import { Network } from "../../modules/network";
import { Site, StateBackend } from "../../modules/site";
import { ACCOUNT, hasTerraform, PATIENCE_MS, SEOUL, TOKYO } from "./support";

const MINUTE = 60_000;
const describeLive = hasTerraform() ? describe : describe.skip;
type Release = "1.4.1" | "next";

describeLive("golden images", () => {
  let emulator: Emulator;
  /** The stack, initialised once. */
  let stack: TerraformStackRun;
  let seoul: EC2Client;
  let tokyo: EC2Client;
  let fixed: string;
  const outdir = mkdtempSync(join(tmpdir(), "images-"));

  beforeAll(async () => {
    emulator = await Emulator.start();
    seoul = new EC2Client(emulator.sdkConfig(SEOUL));
    tokyo = new EC2Client(emulator.sdkConfig(TOKYO));
    fixed = await build("orders-1.4.1");
    await sayNext(await build("orders-1.4.2"));
    synth("next");
    stack = await new Terraform(emulator).stack(join(outdir, "stacks", "orders-tokyo"));
    await stack.apply();
  }, 5 * MINUTE);

  afterAll(async () => {
    [seoul, tokyo].forEach((client) => client.destroy());
    await emulator.stop();
    rmSync(outdir, { recursive: true, force: true });
  }, PATIENCE_MS);

  test(
    "are copied, encrypted, and published",
    async () => {
      expect((await stack.plan()).changes).toEqual([]);
      const copies = await ownImages();
      expect(copies.map(({ Description }) => Description)).toEqual([
        `Copy of ${fixed} of ${SEOUL}`,
        expect.stringMatching(/^Copy of ami-/) as string,
      ]);
      expect(copies.map(({ BlockDeviceMappings }) => BlockDeviceMappings![0]!.Ebs!.Encrypted)).toEqual([true, true]);
      expect(await published()).toBe(copies[1]!.ImageId);
    },
    2 * MINUTE,
  );

  test(
    "can be rolled back while the region they were built in is dark, without a request to it",
    async () => {
      synth("1.4.1");
      emulator.darken(SEOUL);
      try {
        expect((await stack.plan()).changes.map(({ address, actions }) => ({ address, actions }))).toEqual([
          { address: expect.stringMatching(/^aws_ssm_parameter\.Image_/) as string, actions: ["update"] },
        ]);
        await stack.apply();
        expect((await stack.plan()).changes).toEqual([]);
        expect(emulator.requests({ region: SEOUL, dark: true })).toEqual([]);
      } finally {
        emulator.lighten();
      }
      expect(await published()).toBe((await ownImages())[0]!.ImageId);
    },
    3 * MINUTE,
  );

  test(
    "are copied again when the parameter names another image, before the old copy is destroyed",
    async () => {
      const [, old] = await ownImages();
      const source = await build("orders-1.4.3");
      await sayNext(source);
      synth("next");
      const replaced = (await stack.plan()).changes.filter(({ actions }) => actions.length > 1);
      expect(replaced.map(({ address, actions }) => ({ address, actions }))).toEqual([
        { address: expect.stringMatching(/^aws_ami_copy\.Next_/) as string, actions: ["create", "delete"] },
      ]);
      await stack.apply();
      expect((await stack.plan()).changes).toEqual([]);
      const images = await ownImages();
      expect(images.map(({ ImageId }) => ImageId)).not.toContain(old!.ImageId);
      expect(await published()).toBe(images.find(({ Name }) => Name === `orders-next-${source}`)!.ImageId);
    },
    4 * MINUTE,
  );

  /** Registers an image in Seoul, as a build would. */
  async function build(name: string): Promise<string> {
    const image = { Name: name, Description: name, RootDeviceName: "/dev/xvda" };
    return (await seoul.send(new RegisterImageCommand(image))).ImageId!;
  }

  async function sayNext(imageId: string): Promise<void> {
    await ssm("PutParameter", { Name: "/orders/next", Value: imageId, Type: "String", Overwrite: true });
  }

  async function published(): Promise<string> {
    const { Parameter } = await ssm("GetParameter", { Name: "/orders/ami" });
    return (Parameter as { Value: string }).Value;
  }

  function ssm(action: string, body: object): Promise<Record<string, unknown>> {
    return callJson(emulator, `${TOKYO}/ssm`, `AmazonSSM.${action}`, body);
  }

  async function ownImages() {
    const { Images = [] } = await tokyo.send(new DescribeImagesCommand({ Owners: ["self"] }));
    return Images.sort((one, other) => one.Name!.localeCompare(other.Name!));
  }

  function synth(current: Release): void {
    const app = new App({ outdir });
    const made = new TerraformStack(app, "orders-tokyo");
    new StateBackend(made, { bucket: "acme-tf-tokyo", prefix: "tokyo", region: TOKYO });
    const site = new Site(made, "Default", { name: "tokyo", region: TOKYO, account: ACCOUNT });
    const statements = autoScalingKeyStatements(site);
    const { kmsKeyArn } = new SiteKey(site, "Key", { alias: "orders", statements, destroyable: true });
    const copies = {
      "1.4.1": new ImageCopy(site, "Fixed", {
        name: "orders-1.4.1",
        kmsKeyArn,
        source: imageById(fixed, SEOUL),
        deprecateOn: "2028-01-31",
      }),
      next: new ImageCopy(site, "Next", {
        name: "orders-next",
        kmsKeyArn,
        source: imageByParameter("/orders/next", SEOUL),
      }),
    };
    const { image } = new ImagePublication(site, "Image", {
      parameter: "/orders/ami",
      imageId: copies[current].imageId,
    });
    const { reservationId } = new CapacityReservation(site, "Room", {
      name: "orders",
      availabilityZone: `${TOKYO}a`,
      instanceType: "m7g.large",
      instanceCount: 3,
    });
    const { vpcId, privateSubnetIds: subnetIds } = new Network(site, "Network", { cidr: "10.21.0.0/16" });
    const standby = { capacity: { min: 0, desired: 0, max: 6 }, activeCapacity: { min: 2, desired: 3, max: 6 } };
    const common = { ...standby, vpcId, subnetIds, kmsKeyArn, instanceType: "m7g.large", image };
    new AutoScalingGroup(site, "Mixed", {
      ...common,
      name: "orders-mixed",
      mixedInstances: { instanceTypes: ["m6g.large"], spot: { onDemandBase: 2, onDemandPercent: 20 } },
      reservedCapacity: { reservationIds: [reservationId] },
      maintenance: { minHealthyPercent: 100, maxHealthyPercent: 150 },
    });
    new AutoScalingGroup(site, "Warm", {
      ...common,
      name: "orders-warm",
      image: ami("ami-0123456789abcdef0"), // a warm pool takes no image by parameter
      warmPool: { standby: { state: "Hibernated", min: 1, maxPrepared: 3, reuseOnScaleIn: true } },
      instanceRefresh: { alarmNames: ["errors"], checkpoints: [50, 100], checkpointDelay: Duration.minutes(10) },
    });
    app.synth();
  }
});
